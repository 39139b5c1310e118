package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

class ParquetSourceTest extends SourceContract {
  private static final OutputOptions SMALL_ROW_GROUPS =
      new OutputOptions(
          Optional.empty(),
          CsvOptions.DEFAULT,
          new ParquetOptions(1_500, ParquetOptions.Compression.SNAPPY),
          Existing.REPLACE);

  @Override
  String ending() {
    return ".parquet";
  }

  @Override
  void write(Table rows, Path file) throws IOException {
    rows.write(Outputs.open(file.toString(), rows.schema(), SMALL_ROW_GROUPS, List.of()), 600);
  }

  @Override
  BlockSource open(String location) throws IOException {
    return Inputs.open(location);
  }

  private Path sample(int rows) throws IOException {
    Path file = folder.resolve("sample.parquet");
    write(RandomTables.table(RandomTables.everyType(), rows, RandomTables.Nulls.RANDOM, 1), file);
    return file;
  }

  @Test
  void whatIsNoParquetFileIsRefused() throws IOException {
    Path csv = Files.writeString(folder.resolve("a.parquet"), "a,b\n1,2\n3,4\n");
    assertThatThrownBy(() -> open(csv.toString()).schema())
        .isInstanceOf(IOException.class)
        .hasMessage(
            csv + " is not a Parquet file: it does not begin with PAR1; give its true format");
    Path empty = Files.writeString(folder.resolve("b.parquet"), "");
    assertThatThrownBy(() -> open(empty.toString()).schema())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is empty");
    Path encrypted = Files.writeString(folder.resolve("c.parquet"), "PARE12345678PARE");
    assertThatThrownBy(() -> open(encrypted.toString()).schema())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is encrypted");
    Path bad =
        Files.writeString(folder.resolve("d.parquet"), "PAR1xxxxxxxx\u007f\u007f\u007f\u007fPAR1");
    assertThatThrownBy(() -> open(bad.toString()).schema())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void aFileThatIsCutOffIsRefusedWhereverItIsCut() throws IOException {
    Path file = sample(300);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 1; length < whole.length; length += 97) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> open(file.toString()).schema())
          .isInstanceOf(IOException.class)
          .hasMessageMatching(".*sample.parquet is (not a Parquet file|cut off).*");
    }
  }

  @Test
  void damagedBytesGiveAnErrorThatNamesTheFileOrAreFoundByNobody() throws IOException {
    Path file = sample(700);
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (long seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      byte[] damaged = whole.clone();
      for (int i = 0; i <= seed % 3; i++) {
        // Mostly in the pages and their headers, sometimes in the footer.
        int at =
            random.nextInt(4) == 0
                ? whole.length - 1 - random.nextInt(whole.length / 4)
                : random.nextInt(whole.length);
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file, damaged);
      try {
        BlockSource source = open(file.toString());
        Table.read(source, source.schema().fields(), new Partitioning.Rows(200));
      } catch (IOException e) {
        refused++;
        assertThat(e).as("seed %d", seed).hasMessageContaining("sample.parquet");
      }
    }
    assertThat(refused).isGreaterThan(300); // pages have checksums
  }

  @Test
  void aColumnThatCannotBeReadDisturbsOnlyWhoWantsIt() throws IOException {
    Path file = folder.resolve("nested.parquet");
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { optional group tags (LIST) { repeated group list { optional binary element"
                + " (STRING); } } required int32 x; optional group point { required double a;"
                + " required double b; } }");
    new ReferenceParquet.Writer(file, schema).write(3, (row, group) -> group.append("x", row));
    BlockSource source = open(file.toString());
    assertThat(source.schema().fields())
        .containsExactly(
            new Field("tags", new Type.Foreign("list")),
            new Field("x", Type.Scalar.INT),
            new Field("point", new Type.Foreign("nested columns")));
    Table read =
        Table.read(source, List.of(new Field("x", Type.Scalar.DOUBLE)), new Partitioning.Natural());
    assertThat(read)
        .isEqualTo(
            new Table(
                new Schema(List.of(new Field("x", Type.Scalar.INT))),
                List.of(List.of(0L), List.of(1L), List.of(2L))));
    assertThatThrownBy(
            () ->
                source.read(
                    List.of(new Field("tags", Type.Scalar.STRING)), new Partitioning.Natural()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            file
                + ": column \"tags\" holds list, which cannot be read; leave it out, or flatten it"
                + " first");
  }

  @Test
  void filesThatDifferInTheTypeOfAColumnAreNamed() throws IOException {
    write(
        new Table(new Schema(List.of(new Field("x", Type.Scalar.LONG))), List.of()),
        folder.resolve("a.parquet"));
    write(
        new Table(new Schema(List.of(new Field("x", Type.Scalar.DOUBLE))), List.of()),
        folder.resolve("b.parquet"));
    assertThatThrownBy(
            () ->
                open(folder.toString())
                    .read(List.of(new Field("x", Type.Scalar.DOUBLE)), new Partitioning.Natural()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s: column \"x\" is a DOUBLE, but in %s it is a LONG; bring the files to one type",
            folder.resolve("b.parquet"), folder.resolve("a.parquet"));
  }

  @Test
  void aPageThatTheHeapCannotTakeIsRefusedWithAdvice() throws IOException {
    HeapBudget budget = new HeapBudget(100 << 20);
    budget.reserve(60 << 20, "a page");
    assertThatThrownBy(
            () -> budget.reserve(80 << 20, "x.parquet: row group 3, column \"a\": a page"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "x.parquet: row group 3, column \"a\": a page takes 80 MB, and 60 MB are in use"
                + " already: that does not fit into the heap of 100 MB; run with -Xmx201m or more,"
                + " or write the file with smaller pages and row groups");
    budget.release(60 << 20);
    budget.reserve(60 << 20, "a page");
    assertThat(budget.used()).isEqualTo(60 << 20);
  }
}
