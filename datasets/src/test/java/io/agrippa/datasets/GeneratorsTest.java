package io.agrippa.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Cuts;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorsTest {
  /** All values of a source as bits, row by row; null where missing. */
  private static List<List<Long>> rows(BlockSource source, List<Field> wanted, Partitioning cut)
      throws IOException {
    List<List<Long>> rows = new ArrayList<>();
    for (Partition partition : partitions(source, wanted, cut)) {
      rows.addAll(rows(partition));
    }
    return rows;
  }

  private static List<Partition> partitions(
      BlockSource source, List<Field> wanted, Partitioning cut) throws IOException {
    List<Partition> list = new ArrayList<>();
    try (Partitions partitions = Cuts.read(source, wanted, cut)) {
      for (Partition p = partitions.next(); p != null; p = partitions.next()) {
        list.add(p);
      }
    }
    return list;
  }

  private static List<List<Long>> rows(Partition partition) throws IOException {
    List<List<Long>> rows = new ArrayList<>();
    try (BlockReader reader = partition.open()) {
      for (Block block = reader.next(); block != null; block = reader.next()) {
        assertThat(block.rows()).isPositive();
        for (int row = 0; row < block.rows(); row++) {
          List<Long> values = new ArrayList<>();
          for (Column column : block.columns()) {
            values.add(column.isMissing(row) ? null : bits(column, row));
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }

  private static long bits(Column column, int row) {
    if (column instanceof DoubleColumn c) {
      return Double.doubleToRawLongBits(c.values()[row]);
    }
    if (column instanceof StringColumn c) {
      return c.value(row).hashCode();
    }
    return ((LongColumn) column).values()[row];
  }

  private static List<List<Long>> all(String name) throws IOException {
    BlockSource source = Generators.source(name);
    return rows(source, source.schema().fields(), new Partitioning.Natural());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate:higgs,rows=9000,missing=0.05",
        "generate:mixed,rows=9000",
        "generate:zipf,rows=9000,keys=1000",
        "generate:numeric,rows=9000,columns=3"
      })
  void anyPartitioningGivesTheSameBits(String name) throws IOException {
    BlockSource source = Generators.source(name);
    List<Field> wanted = source.schema().fields();
    List<List<Long>> whole = rows(source, wanted, new Partitioning.Natural());
    assertThat(whole).hasSize(9000);
    for (long rows : new long[] {1000, 4095, 4096, 4097, 8999, 9000, 9001}) {
      assertThat(rows(source, wanted, new Partitioning.Rows(rows))).isEqualTo(whole);
    }
    assertThat(rows(source, wanted, new Partitioning.Bytes(10_000))).isEqualTo(whole);
    assertThat(rows(source, wanted, new Partitioning.Count(7))).isEqualTo(whole);
    assertThat(partitions(source, wanted, new Partitioning.Count(7))).hasSize(7);
    for (Field field : wanted) {
      assertThat(rows(source, wanted, new Partitioning.Key(field.name()))).isEqualTo(whole);
    }
    // A single row in a partition of its own, partitions read in any order, another object of the
    // same name:
    List<Partition> single = partitions(Generators.source(name), wanted, new Partitioning.Rows(1));
    List<Integer> order = new ArrayList<>(List.of(0, 1, 63, 64, 4095, 4096, 8999));
    Collections.shuffle(order, new Random(5));
    for (int row : order) {
      assertThat(rows(single.get(row))).containsExactly(whole.get(row));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 4095, 4096, 4097})
  void everySizeIsDeliveredInFullBlocks(int rows) throws IOException {
    for (Generator generator : Generators.all()) {
      BlockSource source =
          Generators.source("generate:%s,rows=%d".formatted(generator.name(), rows));
      assertThat(source.rows()).hasValue(rows);
      assertThat(rows(source, source.schema().fields(), new Partitioning.Natural())).hasSize(rows);
      assertThat(partitions(source, source.schema().fields(), new Partitioning.Rows(4096)))
          .hasSize((rows + 4095) / 4096);
    }
  }

  @Test
  void waitingChangesNoRow() throws IOException {
    assertThat(all("generate:mixed,rows=20,wait=1")).isEqualTo(all("generate:mixed,rows=20"));
  }

  @Test
  void moreRowsBeginWithTheRowsOfFewer() throws IOException {
    assertThat(all("generate:mixed,rows=500").subList(0, 65))
        .isEqualTo(all("generate:mixed,rows=65"));
  }

  @Test
  void anotherSeedGivesOtherRows() throws IOException {
    assertThat(all("generate:numeric,rows=10,seed=2"))
        .doesNotContainAnyElementsOf(all("generate:numeric,rows=10,seed=3"));
  }

  @Test
  void columnsMayBeWantedAloneInAnyOrderAndTwice() throws IOException {
    BlockSource source = Generators.source("generate:higgs,rows=100,missing=0.1");
    Schema schema = source.schema();
    List<List<Long>> whole = rows(source, schema.fields(), new Partitioning.Natural());
    List<Field> wanted = List.of(schema.field(28), schema.field(0), schema.field(28));
    List<List<Long>> some = rows(source, wanted, new Partitioning.Natural());
    for (int row = 0; row < 100; row++) {
      Long last = whole.get(row).get(28);
      assertThat(some.get(row)).containsExactly(last, whole.get(row).get(0), last);
    }
    assertThat(rows(source, List.of(), new Partitioning.Natural())).hasSize(100);
  }

  @Test
  void anUnknownColumnIsAnError() {
    BlockSource source = Generators.source("generate:numeric,columns=2");
    assertThatThrownBy(
            () ->
                source.read(
                    List.of(new Field("y", Type.Scalar.DOUBLE)), new Partitioning.Natural()))
        .isInstanceOf(IOException.class)
        .hasMessage("generate:numeric,columns=2 has no column \"y\"; it has x1, x2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "generate:higs|there is no generator \"higs\"; did you mean higgs?",
        "generate:|there is no generator \"\"; there are higgs, mixed, zipf, numeric",
        "generate:higgs,row=3|\"row=3\" is no parameter of generate:higgs; write one of rows=…,"
            + " seed=…, missing=…",
        "generate:higgs,rows|\"rows\" is no parameter",
        "generate:higgs,rows=many|rows=many is not allowed; it has to be a whole number",
        "generate:higgs,rows=-1|rows=-1 is not allowed; it has to be from 0 to",
        "generate:higgs,rows=1,rows=2|rows is given twice; drop one",
        "generate:mixed,missing=1.5|missing=1.5 is not allowed; it has to be from 0.0 to 1.0",
        "generate:mixed,missing=NaN|missing=NaN is not allowed",
        "generate:zipf,keys=0|keys=0 is not allowed"
      })
  void aWrongNameIsAnErrorThatSaysWhatIsRight(String text) {
    String name = text.substring(0, text.indexOf('|'));
    assertThatThrownBy(() -> Generators.source(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + ": ")
        .hasMessageContaining(text.substring(text.indexOf('|') + 1));
  }

  @Test
  void underscoresMayGroupDigits() {
    assertThat(Generators.source("generate:numeric,rows=50_000_000").name())
        .isEqualTo("generate:numeric,rows=50_000_000");
  }

  @Test
  void everyGeneratorTakesItsOwnStandardValues() throws IOException {
    for (Generator generator : Generators.all()) {
      StringBuilder name = new StringBuilder("generate:" + generator.name());
      generator
          .parameters()
          .forEach(p -> name.append(',').append(p.name()).append('=').append(p.standard()));
      BlockSource source = Generators.source(name.toString());
      assertThat(source.schema().names()).doesNotHaveDuplicates();
      assertThat(source.rows()).isEqualTo(Generators.source("generate:" + generator.name()).rows());
    }
  }

  @Test
  void drawsOfDifferentColumnsSeedsAndPurposesDiffer() {
    HashSet<Long> seen = new HashSet<>();
    for (int seed = 0; seed < 4; seed++) {
      for (int column = 0; column < 4; column++) {
        for (int purpose = 0; purpose < 4; purpose++) {
          for (int row = 0; row < 1000; row++) {
            seen.add(new Draws(seed, column, purpose).bits(row));
          }
        }
      }
    }
    assertThat(seen).hasSize(64_000);
  }

  @Test
  void indexCoversItsRangeEvenly() {
    Draws draws = new Draws(11, 0, 0);
    int[] counts = new int[7];
    for (int row = 0; row < 70_000; row++) {
      counts[draws.index(row, 7)]++;
    }
    for (int count : counts) {
      assertThat(count).isCloseTo(10_000, within(400)); // four standard deviations
    }
  }

  @Test
  void normalQuantilesAreThoseOfTheTables() {
    double[][] table = {
      {0.5, 0}, {0.975, 1.959963984540054}, {0.995, 2.5758293035489004},
      {0.9999, 3.719016485455709}, {0.8413447460685429, 1}, {0.01, -2.3263478740408408},
      {0.02425, -1.972961053449126}
    };
    for (double[] entry : table) {
      assertThat(Normal.quantile(entry[0])).isCloseTo(entry[1], within(1e-8));
      assertThat(Normal.quantile(1 - entry[0])).isCloseTo(-entry[1], within(1e-8));
    }
  }

  @Test
  void theAliasTableDrawsByWeight() {
    double[] weights = {5, 0, 1, 3, 1};
    AliasTable table = new AliasTable(weights);
    Draws cell = new Draws(3, 0, 0);
    Draws coin = new Draws(3, 0, 1);
    int[] counts = new int[5];
    for (int row = 0; row < 100_000; row++) {
      counts[table.draw(cell, coin, row)]++;
    }
    for (int i = 0; i < 5; i++) {
      assertThat(counts[i]).isCloseTo((int) (weights[i] * 10_000), within(700));
    }
    assertThat(counts[1]).isZero();
  }
}
