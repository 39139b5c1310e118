package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Cuts;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every format that can be read must do. */
abstract class SourceContract {
  static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field("id", Type.Scalar.LONG),
              new Field("x", Type.Scalar.DOUBLE),
              new Field("city", Type.Scalar.STRING),
              new Field("day", Type.Scalar.DATE)));

  @TempDir Path folder;
  private Table table;

  /** Ending of the format's files. */
  abstract String ending();

  /** Writes a file in which row groups or alike are small. */
  abstract void write(Table rows, Path file) throws IOException;

  /** Opens files of the schema above, so that they have its types. */
  abstract BlockSource open(String location) throws IOException;

  @BeforeEach
  void makeTable() {
    table = RandomTables.table(SCHEMA, 10_000, RandomTables.Nulls.RANDOM, 7);
    for (int row = 0; row < table.rows().size(); row++) {
      table.rows().get(row).set(0, (long) row);
      table.rows().get(row).set(2, "city " + row % 50);
    }
  }

  private Path file(String name) {
    return folder.resolve(name + ending());
  }

  private BlockSource source() throws IOException {
    Path file = file("data");
    write(table, file);
    return open(file.toString());
  }

  private static List<Partition> partitions(
      BlockSource source, List<Field> wanted, Partitioning partitioning) throws IOException {
    List<Partition> all = new ArrayList<>();
    try (Partitions partitions = source.read(wanted, partitioning)) {
      for (Partition p = partitions.next(); p != null; p = partitions.next()) {
        all.add(p);
      }
    }
    return all;
  }

  @Test
  void theSchemaListsAllColumnsInOrder() throws IOException {
    BlockSource source = source();
    assertThat(source.schema()).isEqualTo(SCHEMA);
    assertThat(source.name()).isEqualTo(file("data").toString());
    assertThat(source.bytes()).hasValue(Files.size(file("data")));
    assertThat(source.rows().orElse(table.rows().size())).isEqualTo(table.rows().size());
  }

  @Test
  void everyPartitioningGivesTheSameRowsInOrder() throws IOException {
    BlockSource source = source();
    List<Partitioning> partitionings = new ArrayList<>(List.of(new Partitioning.Natural()));
    for (long size : new long[] {1_000, 1_001, 4_095, 4_096, 4_097, 10_000, 1L << 40}) {
      partitionings.add(new Partitioning.Rows(size));
      partitionings.add(new Partitioning.Bytes(size));
    }
    for (Partitioning partitioning : partitionings) {
      assertThat(Table.read(source, partitioning)).as("%s", partitioning).isEqualTo(table);
    }
  }

  /** Whether a part of a file can be read without what stands before it. */
  private boolean canBeReadFromTheMiddle() {
    return !ending().endsWith(".gz") && !ending().endsWith(".zst");
  }

  @Test
  void onlyWhatCanBeReadFromTheMiddleHasAddresses() throws IOException {
    assertThat(partitions(source(), SCHEMA.fields(), new Partitioning.Rows(1_000)))
        .allMatch(partition -> partition.address().isPresent() == canBeReadFromTheMiddle());
  }

  @Test
  void partitionsAreFoundAtTheirAddressesByAnotherSource() throws IOException {
    assumeThat(canBeReadFromTheMiddle()).isTrue();
    BlockSource source = source();
    BlockSource other = open(file("data").toString());
    for (Partitioning partitioning :
        List.of(new Partitioning.Natural(), new Partitioning.Rows(1_001))) {
      try (Partitions there = other.read(SCHEMA.fields(), new Partitioning.Natural())) {
        requireFound(there, partitions(source, SCHEMA.fields(), partitioning));
      }
    }
  }

  @Test
  void partitionsAreStillFoundAtTheirAddressesWhenNothingMoreComesNext() throws IOException {
    assumeThat(canBeReadFromTheMiddle()).isTrue();
    List<Partition> partitions =
        partitions(source(), SCHEMA.fields(), new Partitioning.Rows(1_001));
    Partitions closed =
        open(file("data").toString()).read(SCHEMA.fields(), new Partitioning.Natural());
    closed.close();
    requireFound(closed, partitions);
  }

  private void requireFound(Partitions there, List<Partition> partitions) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    for (Partition partition : partitions) {
      Partition found = there.at(partition.address().orElseThrow());
      assertThat(found.origin()).isEqualTo(partition.origin());
      rows.addAll(Table.rows(found, SCHEMA));
    }
    assertThat(rows).isEqualTo(table.rows());
  }

  @Test
  void anAddressThatCannotBeIsAnError() throws IOException {
    assumeThat(canBeReadFromTheMiddle()).isTrue();
    List<Partition> partitions =
        partitions(source(), SCHEMA.fields(), new Partitioning.Rows(9_000));
    byte[] address = partitions.get(1).address().orElseThrow();
    Files.delete(file("data"));
    write(RandomTables.table(SCHEMA, 10, RandomTables.Nulls.NONE, 7), file("data"));
    try (Partitions there =
        open(file("data").toString()).read(SCHEMA.fields(), new Partitioning.Natural())) {
      assertThatThrownBy(() -> there.at(address))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("has changed since the job began");
    }
  }

  @Test
  void rowsAreCutAsAskedFor() throws IOException {
    List<Partition> partitions =
        partitions(source(), SCHEMA.fields(), new Partitioning.Rows(3_000));
    List<Integer> sizes = new ArrayList<>();
    for (Partition partition : partitions) {
      sizes.add(Table.rows(partition, SCHEMA).size());
      assertThat(partition.origin()).isEqualTo(file("data").toString());
    }
    assertThat(sizes).containsExactly(3_000, 3_000, 3_000, 1_000);
  }

  @Test
  void partitionsAreReadInAnyOrderByManyThreadsAfterTheCutterIsClosed() throws IOException {
    List<Partition> partitions = partitions(source(), SCHEMA.fields(), new Partitioning.Rows(700));
    List<Integer> order = new ArrayList<>(IntStream.range(0, partitions.size()).boxed().toList());
    Collections.shuffle(order, new Random(1));
    List<List<List<Object>>> read = new ArrayList<>(Collections.nCopies(partitions.size(), null));
    order.parallelStream()
        .forEach(
            i -> {
              try {
                read.set(i, Table.rows(partitions.get(i), SCHEMA));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    List<List<Object>> all = new ArrayList<>();
    read.forEach(all::addAll);
    assertThat(all).isEqualTo(table.rows());
  }

  @Test
  void aSourceIsReadManyTimes() throws IOException {
    BlockSource source = source();
    try (Partitions first = source.read(SCHEMA.fields(), new Partitioning.Rows(4_000));
        Partitions second = source.read(SCHEMA.fields(), new Partitioning.Rows(4_000))) {
      List<List<Object>> one = Table.rows(first.next(), SCHEMA);
      List<List<Object>> other = Table.rows(second.next(), SCHEMA);
      assertThat(one).isEqualTo(other).isEqualTo(table.rows().subList(0, 4_000));
    }
  }

  @Test
  void onlyWantedColumnsAreReadInTheOrderWanted() throws IOException {
    List<Field> wanted = List.of(SCHEMA.field(2), SCHEMA.field(0), SCHEMA.field(2));
    Table read = Table.read(source(), wanted, new Partitioning.Natural());
    assertThat(read.schema()).isEqualTo(new Schema(wanted));
    for (int row = 0; row < read.rows().size(); row++) {
      List<Object> all = table.rows().get(row);
      assertThat(read.rows().get(row)).containsExactly(all.get(2), all.get(0), all.get(2));
    }
  }

  @Test
  void rowsAreCountedWhereNoColumnIsWanted() throws IOException {
    assertThat(Table.read(source(), List.of(), new Partitioning.Natural()).rows()).hasSize(10_000);
  }

  @Test
  void aWantedColumnThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
    BlockSource source = source();
    assertThatThrownBy(
            () ->
                source.read(
                    List.of(new Field("town", Type.Scalar.STRING)), new Partitioning.Natural()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            file("data") + " has no column \"town\"; its columns are id, x, city, day");
  }

  @Test
  void aFileWithoutRowsIsReadAsNone() throws IOException {
    table = new Table(SCHEMA, List.of());
    BlockSource source = source();
    assertThat(source.schema()).isEqualTo(SCHEMA);
    assertThat(Table.read(source)).isEqualTo(table);
  }

  @Test
  void bytesOfPartitionsAddUpToTheFile() throws IOException {
    BlockSource source = source();
    for (Partitioning partitioning :
        List.of(new Partitioning.Natural(), new Partitioning.Rows(900))) {
      List<Partition> partitions = partitions(source, SCHEMA.fields(), partitioning);
      long sum = partitions.stream().mapToLong(Partition::bytes).sum();
      // Shares are rounded down.
      assertThat(sum)
          .isBetween(Files.size(file("data")) - partitions.size(), Files.size(file("data")));
    }
  }

  @Test
  void bytesLeftFallToNothing() throws IOException {
    try (Partitions partitions = source().read(SCHEMA.fields(), new Partitioning.Rows(900))) {
      long left = partitions.bytesLeft().orElseThrow();
      assertThat(left).isEqualTo(Files.size(file("data")));
      int count = 0;
      for (Partition p = partitions.next(); p != null; p = partitions.next()) {
        left -= p.bytes();
        count++;
        assertThat(partitions.bytesLeft()).hasValue(left);
      }
      assertThat(left).isBetween(0L, (long) count); // shares are rounded down
    }
  }

  @Test
  void aCountGivesAtMostSoManyPartitionsOfAboutTheSameSize() throws IOException {
    BlockSource source = source();
    if (source.plainBytes().isEmpty()) { // nobody knows how long a compressed text is
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Cuts.read(source, SCHEMA.fields(), new Partitioning.Count(2)))
          .withMessageStartingWith("partitioning count:2: the size of " + file("data"))
          .withMessageEndingWith("use rows:N or bytes:N");
      return;
    }
    for (int count : new int[] {1, 2, 3, 7, 100}) {
      List<List<Object>> all = new ArrayList<>();
      int parts = 0;
      try (Partitions partitions =
          Cuts.read(source, SCHEMA.fields(), new Partitioning.Count(count))) {
        for (Partition p = partitions.next(); p != null; p = partitions.next()) {
          List<List<Object>> rows = Table.rows(p, SCHEMA);
          assertThat(rows).as("of %d", count).hasSizeBetween(1, 10_000 / count * 5 / 4 + 2);
          all.addAll(rows);
          parts++;
        }
      }
      assertThat(parts).isBetween(count * 4 / 5, count);
      assertThat(all).isEqualTo(table.rows());
    }
  }

  @Test
  void aKeyKeepsGroupsWholeWhereverPiecesAndFilesEnd() throws IOException {
    Random random = new Random(3);
    List<List<Object>> rows = new ArrayList<>();
    while (rows.size() < 40_000) {
      // Texts that make the cutter work, and runs from one row to more than a piece has.
      String city = random.nextInt(9) == 0 ? null : "a\n\"b\", " + random.nextInt(5);
      int run = random.nextInt(20) == 0 ? 9_000 : 1 + random.nextInt(300);
      for (int i = 0; i < run; i++) {
        rows.add(Arrays.asList((long) rows.size(), 0.5 * i, city, 12L));
      }
    }
    table = new Table(SCHEMA, rows);
    int half = 12_345;
    write(new Table(SCHEMA, rows.subList(0, half)), file("k-0"));
    write(new Table(SCHEMA, rows.subList(half, rows.size())), file("k-1"));
    BlockSource source = open(folder + "/k-*");
    for (List<Field> wanted :
        List.of(SCHEMA.fields(), List.of(SCHEMA.field(0)), List.of(SCHEMA.field(2)))) {
      Table whole = Table.read(source, wanted, new Partitioning.Natural());
      List<List<Object>> read = new ArrayList<>();
      int parts = 0;
      try (Partitions partitions = Cuts.read(source, wanted, new Partitioning.Key("city"))) {
        assertThat(partitions.schema()).isEqualTo(new Schema(wanted));
        for (Partition p = partitions.next(); p != null; p = partitions.next()) {
          assertThat(p.origin()).isEqualTo(folder + "/k-*");
          read.addAll(Table.rows(p, partitions.schema()));
          parts++;
          if (read.size() < rows.size()) {
            assertThat(rows.get(read.size()).get(2)).isNotEqualTo(rows.get(read.size() - 1).get(2));
          }
        }
      }
      assertThat(read).isEqualTo(whole.rows());
      assertThat(parts).isGreaterThan(2);
    }
  }

  @Test
  void fewTextsMakeFewDictionaries() throws IOException {
    Set<Dictionary> dictionaries = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Field> wanted = List.of(SCHEMA.field(2));
    for (Partition partition : partitions(source(), wanted, new Partitioning.Rows(500))) {
      try (BlockReader reader = partition.open()) {
        for (Block block = reader.next(); block != null; block = reader.next()) {
          dictionaries.add(((StringColumn) block.column(0)).dictionary());
        }
      }
    }
    assertThat(dictionaries).hasSizeLessThanOrEqualTo(10); // of 20 partitions
  }

  @Test
  void filesOfADirectoryAreReadInTheOrderOfTheirNames() throws IOException {
    for (int i : new int[] {2, 0, 3, 1}) {
      write(new Table(SCHEMA, table.rows().subList(i * 2_500, (i + 1) * 2_500)), file("part-" + i));
    }
    Files.writeString(folder.resolve("_SUCCESS"), "");
    Files.writeString(folder.resolve(".part-0.crc"), "x");
    Files.createDirectory(folder.resolve("_temporary"));
    assertThat(Table.read(open(folder.toString()))).isEqualTo(table);
    assertThat(Table.read(open(folder + "/part-*")).rows()).isEqualTo(table.rows());
    assertThat(Table.read(open(folder + "/part-[12]*")).rows())
        .isEqualTo(table.rows().subList(2_500, 7_500));
    assertThat(Table.read(open(folder.getParent() + "/" + folder.getFileName() + "/**")).rows())
        .isEqualTo(table.rows());
  }

  @Test
  void filesOfOneLocationMayHaveTheirColumnsInAnyOrder() throws IOException {
    write(new Table(SCHEMA, table.rows().subList(0, 10)), file("a"));
    Schema turned =
        new Schema(List.of(SCHEMA.field(3), SCHEMA.field(1), SCHEMA.field(2), SCHEMA.field(0)));
    List<List<Object>> rows = new ArrayList<>();
    for (List<Object> row : table.rows().subList(10, 20)) {
      rows.add(Arrays.asList(row.get(3), row.get(1), row.get(2), row.get(0)));
    }
    write(new Table(turned, rows), file("b"));
    assertThat(Table.read(open(folder.toString())).rows()).isEqualTo(table.rows().subList(0, 20));
  }

  @Test
  void aColumnThatOneFileLacksIsNamedWithTheFileBeforeAnyRowIsRead() throws IOException {
    write(table, file("a"));
    write(new Table(new Schema(List.of(SCHEMA.field(0))), List.of(List.of(1L))), file("b"));
    BlockSource source = open(folder.toString());
    assertThatThrownBy(() -> source.read(SCHEMA.fields(), new Partitioning.Natural()))
        .isInstanceOf(IOException.class)
        .hasMessage(file("b") + " has no column \"x\"; its columns are id");
    assertThat(Table.read(source, List.of(SCHEMA.field(0)), new Partitioning.Natural()).rows())
        .hasSize(10_001);
  }
}
