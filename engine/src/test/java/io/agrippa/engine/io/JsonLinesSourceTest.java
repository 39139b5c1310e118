package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesSourceTest {
  private static CsvOptions types(Schema schema) {
    CsvOptions options = CsvOptions.DEFAULT;
    for (Field field : schema.fields()) {
      options = options.withType(field.name(), field.type());
    }
    return options;
  }

  private abstract static class Contract extends SourceContract {
    private final String ending;

    Contract(String ending) {
      this.ending = ending;
    }

    @Override
    String ending() {
      return ending;
    }

    @Override
    void write(Table rows, Path file) throws IOException {
      rows.write(
          Outputs.open(file.toString(), rows.schema(), OutputOptions.DEFAULT, List.of()), 600);
    }

    @Override
    BlockSource open(String location) throws IOException {
      return Inputs.open(location, new InputOptions(Optional.empty(), types(SCHEMA)));
    }

    /** An absent name is a missing value, in a file that never has it too. */
    @Test
    @Override
    void aColumnThatOneFileLacksIsNamedWithTheFileBeforeAnyRowIsRead() throws IOException {
      write(
          new Table(SCHEMA, List.of(Arrays.asList(1L, 0.5, "Rome", 3L))),
          folder.resolve("a" + ending));
      write(
          new Table(new Schema(List.of(SCHEMA.field(0))), List.of(List.of(2L))),
          folder.resolve("b" + ending));
      assertThat(Table.read(open(folder.toString())).rows())
          .containsExactly(Arrays.asList(1L, 0.5, "Rome", 3L), Arrays.asList(2L, null, null, null));
    }
  }

  @Nested
  class Plain extends Contract {
    Plain() {
      super(".jsonl");
    }
  }

  @Nested
  class Gzip extends Contract {
    Gzip() {
      super(".jsonl.gz");
    }
  }

  @Nested
  class Zstd extends Contract {
    Zstd() {
      super(".ndjson.zst");
    }
  }

  @TempDir Path folder;

  private static BlockSource source(String text, CsvOptions options) throws IOException {
    return Inputs.of(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        "in",
        new InputOptions(Optional.of(Format.JSONL), options));
  }

  private static Table read(String text) throws IOException {
    return Table.read(source(text, CsvOptions.DEFAULT));
  }

  private static List<Object> column(Type type, String... values) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      text.append("{\"x\":").append(value).append("}\n");
    }
    return Table.read(source(text.toString(), CsvOptions.DEFAULT.withType("x", type)))
        .rows()
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void valuesAreTextsUnlessATypeIsWanted() throws IOException {
    BlockSource source =
        source(
            """
            {"a": 1.50, "b": "x\\n\\"\\u00e9\\ud83d\\ude00", "c": true}

            {"c":null,"b":"","a":-1e3}\r
            \t
             {"d":[{"deep":[1,{"er":2}]}],"a":"q"}""",
            CsvOptions.DEFAULT);
    assertThat(source.schema().names()).containsExactly("a", "b", "c", "d");
    assertThat(
            Table.read(source, source.schema().fields().subList(0, 3), new Partitioning.Natural())
                .rows())
        .containsExactly(
            List.of("1.50", "x\n\"é😀", "true"),
            Arrays.asList("-1e3", "", null),
            Arrays.asList("q", null, null));
    assertThat(read("\uFEFF{\"a\":1}\n").rows()).containsExactly(List.of("1"));
  }

  @Test
  void aValueBecomesTheWantedTypeAsItsTextDoesInCsv() throws IOException {
    assertThat(column(Type.Scalar.DOUBLE, "1", "2.5e3", "\"7\"", "null", "\"x\"", "true", "NaN"))
        .containsExactly(1.0, 2500.0, 7.0, null, "?x", "?true", Double.NaN);
    assertThat(column(Type.Scalar.LONG, "9223372036854775807", "3.0", "0.5", "\"\""))
        .containsExactly(Long.MAX_VALUE, 3L, "?0.5", "?");
    assertThat(column(Type.Scalar.BOOLEAN, "true", "false", "\"TRUE\"", "1"))
        .containsExactly(1L, 0L, 1L, "?1");
    assertThat(column(Type.Scalar.DATE, "\"1970-01-03\"", "5")).containsExactly(2L, "?5");
    assertThat(column(new Type.Decimal(5, 2), "1.25")).containsExactly("7d");
    assertThatThrownBy(() -> column(new Type.Decimal(5, 2), "1", "1.255"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "in:2: record 2 column \"x\": \"1.255\" is not a decimal of at most 5 digits, 2 of them behind the point");
  }

  @Test
  void whatIsNotOneObjectALineIsAnErrorWithItsPlace() {
    List<List<String>> cases =
        List.of(
            List.of("{\"a\":1}\n{\"a\":}\n", "in:2: record 2 is not JSON: Unexpected character"),
            List.of("{\"a\":1}\n\n\n{\"a\":1\n", "in:"),
            List.of("{\"a\":1}\n[1]\n", "in:2: record 2 is not an object such as"),
            List.of("{\"a\":1}\n17\n", "in:2: record 2 is not an object such as"),
            List.of("{\"a\":1} {\"a\":2}\n", "in:1: record 2 stands on one line with the record"),
            List.of("{\"a\":1}\r{\"a\":2}\n", "in:2: record 2 begins behind a carriage return"),
            List.of("{\"a\":1,\n\"b\":2}\n{\"a\":1}\n", "in:1: record 1 goes over several lines"),
            List.of("{\"a\":1,\"a\":2}\n", "in:1: record 1 has \"a\" twice"),
            List.of(
                "{\"a\":1}\n{\"a\":[1]}\n",
                "in:2: record 2 has a list as \"a\", but a column holds single values"),
            List.of("{\"a\":{\"b\":1}}\n", "in:1: record 1 has an object as \"a\""),
            List.of("{\"a\":'x'}\n", "in:1: record 1 is not JSON"),
            List.of("", "in has no record that names a column"));
    for (List<String> each : cases) {
      assertThatThrownBy(() -> read(each.get(0)))
          .as("%s", each)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(each.get(1));
    }
    assertThatThrownBy(
            () ->
                Table.read(
                    Inputs.of(
                        new ByteArrayInputStream(
                            "{\"a\":\"\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1)),
                        "in",
                        new InputOptions(Optional.of(Format.JSONL), CsvOptions.DEFAULT))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void linesAndRecordsAreCountedInTheWholeFile() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      text.append(i % 100 == 0 ? "\n" : "").append("{\"a\":").append(i).append("}\n");
    }
    text.append("{\"a\":[]}\n");
    Path file = Files.writeString(folder.resolve("x.jsonl"), text);
    for (Partitioning partitioning :
        List.of(new Partitioning.Natural(), new Partitioning.Rows(700))) {
      assertThatThrownBy(() -> Table.read(Inputs.open(file.toString()), partitioning))
          .hasMessageStartingWith(file + ":50501: record 50001 has a list as \"a\"");
    }
  }

  @Test
  void aNameBehindTheFirstRecordsNeedsASchema() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      lines.add("{\"a\":" + i + "}");
    }
    lines.add("{\"late\":1}");
    Path file = Files.write(folder.resolve("x.jsonl"), lines);
    BlockSource source = Inputs.open(file.toString());
    assertThat(source.schema().names()).containsExactly("a");
    assertThatThrownBy(
            () ->
                source.read(
                    List.of(new Field("late", Type.Scalar.LONG)), new Partitioning.Natural()))
        .hasMessage(
            file
                + " has no column \"late\"; its columns are a; if records further on have it, name it in a schema");
    BlockSource typed =
        Inputs.open(
            file.toString(),
            new InputOptions(
                Optional.empty(), CsvOptions.DEFAULT.withType("late", Type.Scalar.LONG)));
    List<List<Object>> rows = Table.read(typed).rows();
    assertThat(rows.get(40_000)).isEqualTo(Arrays.asList(null, 1L));
    assertThat(rows.get(7)).isEqualTo(Arrays.asList("7", null));
  }

  @Test
  void aFirstRecordMayBeLongerThanAPiece() throws IOException {
    String name = "n".repeat(20);
    String value = "v".repeat(3 * CutText.PIECE);
    Path file =
        Files.writeString(
            folder.resolve("x.jsonl"),
            "{\"%s\":\"%s\",\"b\":1}\n{\"b\":2}\n".formatted(name, value));
    BlockSource source = Inputs.open(file.toString());
    assertThat(source.schema().names()).containsExactly(name, "b");
    assertThat(Table.read(source).rows())
        .containsExactly(List.of(value, "1"), Arrays.asList(null, "2"));
  }

  @Test
  void deepNestingThatNobodyWantsIsRefusedAndNoStackOverflows() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThatThrownBy(() -> read("{\"a\":1,\"b\":" + deep + "}\n"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("in:1: record 1 is not JSON: Document nesting depth");
  }
}
