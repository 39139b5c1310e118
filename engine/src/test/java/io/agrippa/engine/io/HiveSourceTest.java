package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Cuts;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiveSourceTest {
  private static final Schema FILES =
      new Schema(
          List.of(
              new Field("id", Type.Scalar.LONG),
              new Field("x", Type.Scalar.DOUBLE),
              new Field("s", Type.Scalar.STRING)));

  @TempDir Path folder;

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  private void text(String name, String text) throws IOException {
    Files.writeString(file(name), text);
  }

  private BlockSource open(CsvOptions options) throws IOException {
    return Inputs.open(folder.toString(), new InputOptions(Optional.empty(), options));
  }

  private BlockSource open() throws IOException {
    return open(CsvOptions.DEFAULT);
  }

  /** All formats, all partitionings, and addresses for another process. */
  @ParameterizedTest
  @ValueSource(strings = {".csv", ".jsonl", ".parquet", ".arrow"})
  void everyFormatAndPartitioningGivesTheSameRows(String ending) throws IOException {
    List<List<Object>> expected = new ArrayList<>();
    int part = 0;
    for (String year : List.of("2023", "2024", "__HIVE_DEFAULT_PARTITION__")) {
      for (String city : List.of("New York", "a%2Fb%25")) {
        Table table = RandomTables.table(FILES, 5_000 + part, RandomTables.Nulls.RANDOM, part);
        table.write(
            Outputs.open(
                file("year=%s/city=%s/part-0%s".formatted(year, city, ending)).toString(),
                FILES,
                OutputOptions.DEFAULT,
                List.of()),
            600);
        for (List<Object> row : table.rows()) {
          List<Object> more = new ArrayList<>(row);
          more.add(year.startsWith("_") ? null : Long.valueOf(year));
          more.add(city.replace("%2F", "/").replace("%25", "%"));
          expected.add(more);
        }
        part++;
      }
    }
    text("year=2023/_SUCCESS", "");
    text("_temporary/x=1/y.csv", "");
    CsvOptions options = CsvOptions.DEFAULT;
    for (Field field : FILES.fields()) {
      options = options.withType(field.name(), field.type());
    }
    BlockSource source = open(options);
    assertThat(source.schema().names()).containsExactly("id", "x", "s", "year", "city");
    assertThat(source.schema().field(3).type()).isEqualTo(Type.Scalar.LONG);
    assertThat(source.name()).isEqualTo(folder.toString());
    Files.delete(folder.resolve("year=2023/_SUCCESS"));
    List<Field> all = source.schema().fields();
    for (Partitioning cut :
        List.of(
            new Partitioning.Natural(),
            new Partitioning.Rows(1_001),
            new Partitioning.Bytes(10_000),
            new Partitioning.Count(7),
            new Partitioning.Key("city"))) {
      List<List<Object>> rows = new ArrayList<>();
      List<List<Object>> elsewhere = new ArrayList<>();
      try (Partitions partitions = Cuts.read(source, all, cut);
          Partitions there = open(options).read(all, new Partitioning.Natural())) {
        for (Partition p = partitions.next(); p != null; p = partitions.next()) {
          rows.addAll(Table.rows(p, partitions.schema()));
          if (p.address().isPresent()) {
            elsewhere.addAll(Table.rows(there.at(p.address().get()), there.schema()));
          }
        }
      }
      assertThat(rows).as("%s", cut).isEqualTo(expected);
      if (!(cut instanceof Partitioning.Key)) {
        assertThat(elsewhere).as("addresses, %s", cut).isEqualTo(expected);
      }
    }
    // Columns of folders alone, in any order, twice with two types.
    List<Field> some =
        List.of(
            new Field("year", Type.Scalar.STRING),
            new Field("id", Type.Scalar.LONG),
            new Field("year", Type.Scalar.DOUBLE));
    Table table = Table.read(source, some, new Partitioning.Natural());
    assertThat(table.rows().get(0))
        .isEqualTo(Arrays.asList("2023", expected.get(0).get(0), 2023.0));
    assertThat(
            Table.read(
                    source,
                    List.of(new Field("city", Type.Scalar.STRING)),
                    new Partitioning.Natural())
                .rows()
                .stream()
                .map(row -> row.get(0)))
        .isEqualTo(expected.stream().map(row -> row.get(4)).toList());
  }

  private Type typeOf(String... values) throws IOException {
    Path root = Files.createTempDirectory(folder, "types");
    for (String value : values) {
      Path file = root.resolve("k=" + value).resolve("a.csv");
      Files.createDirectories(file.getParent());
      Files.writeString(file, "a\n1\n");
    }
    return Inputs.open(root.toString()).schema().field(1).type();
  }

  @Test
  void aColumnHasTheTypeThatAllItsValuesHave() throws IOException {
    String none = "__HIVE_DEFAULT_PARTITION__";
    assertThat(typeOf("1", "-20", none)).isEqualTo(Type.Scalar.LONG);
    assertThat(typeOf("01", "02")).isEqualTo(Type.Scalar.LONG);
    assertThat(typeOf("1", "2.5", "1e3")).isEqualTo(Type.Scalar.DOUBLE);
    assertThat(typeOf("1", "99999999999999999999")).isEqualTo(Type.Scalar.STRING);
    assertThat(typeOf("2024-02-29", "2023-01-01")).isEqualTo(Type.Scalar.DATE);
    assertThat(typeOf("2024-02-29", "2023-02-29")).isEqualTo(Type.Scalar.STRING);
    assertThat(typeOf("1", "x")).isEqualTo(Type.Scalar.STRING);
    assertThat(typeOf("NaN", "1.0")).isEqualTo(Type.Scalar.STRING);
    assertThat(typeOf(none)).isEqualTo(Type.Scalar.STRING);
  }

  @Test
  void aTypeMayBeGivenAndAFilesOwnColumnGivesWay() throws IOException {
    text("k=01/a.csv", "a,k\n1,own\n");
    text("k=%C3%BC/a.csv", "a,k\n2,own\n");
    assertThat(Table.read(open()).rows()).containsExactly(List.of("2", "ü"), List.of("1", "01"));
    assertThat(Table.read(open(CsvOptions.DEFAULT.withType("k", Type.Scalar.LONG))).rows())
        .containsExactly(List.of("2", "?ü"), List.of("1", 1L));
    CsvOptions decimal = CsvOptions.DEFAULT.withType("k", new Type.Decimal(4, 1));
    assertThatThrownBy(() -> Table.read(open(decimal)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the folder of column \"k\": \"ü\" is not a decimal");
  }

  @Test
  void foldersThatDoNotFitAreNamed() throws IOException {
    text("a=1/b=2/x.csv", "v\n1\n");
    text("a=2/c=2/x.csv", "v\n1\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a=2/c=2/x.csv lies in folders of the columns [a, c]")
        .hasMessageContaining("in those of [a, b]");
    Files.delete(folder.resolve("a=2/c=2/x.csv"));
    text("a=2/x.csv", "v\n1\n");
    assertThatThrownBy(this::open).hasMessageContaining("a=2/x.csv lies in folders of");
    Files.delete(folder.resolve("a=2/x.csv"));
    text("a=2/plain/x.csv", "v\n1\n");
    assertThatThrownBy(this::open)
        .hasMessageContaining("plain lies among folders named column=value")
        .hasMessageContaining("move it away");
    Files.delete(folder.resolve("a=2/plain/x.csv"));
    Files.delete(folder.resolve("a=2/plain"));
    text("a=2/a=3/x.csv", "v\n1\n");
    assertThatThrownBy(this::open).hasMessageContaining("names the column \"a\" a second time");
    Files.delete(folder.resolve("a=2/a=3/x.csv"));
    Files.delete(folder.resolve("a=2/a=3"));
    Files.delete(folder.resolve("a=1/b=2/x.csv"));
    assertThatThrownBy(this::open).hasMessageContaining("holds no files");
  }
}
