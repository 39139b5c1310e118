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
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest {
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
      CsvOptions options = CsvOptions.DEFAULT;
      for (Field field : SCHEMA.fields()) {
        options = options.withType(field.name(), field.type());
      }
      return Inputs.open(location, new InputOptions(Optional.empty(), options));
    }
  }

  @Nested
  class Plain extends Contract {
    Plain() {
      super(".csv");
    }
  }

  @Nested
  class Gzip extends Contract {
    Gzip() {
      super(".csv.gz");
    }
  }

  @Nested
  class Zstd extends Contract {
    Zstd() {
      super(".csv.zst");
    }
  }

  @TempDir Path folder;

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static BlockSource source(String text, CsvOptions options) throws IOException {
    return Inputs.of(stream(text), "in", new InputOptions(Optional.empty(), options));
  }

  private static List<List<Object>> rows(String text) throws IOException {
    return rows(text, CsvOptions.DEFAULT);
  }

  private static List<List<Object>> rows(String text, CsvOptions options) throws IOException {
    return Table.read(source(text, options)).rows();
  }

  /** The values that texts become in a column of a type, after an empty first field. */
  private static List<Object> column(Type type, String... texts) throws IOException {
    String csv = "x,y\n" + String.join("", Arrays.stream(texts).map(t -> "," + t + "\n").toList());
    List<Object> values = new ArrayList<>();
    for (List<Object> row : rows(csv, CsvOptions.DEFAULT.withType("y", type))) {
      values.add(row.get(1));
    }
    return values;
  }

  @Test
  void fieldsAreReadAsRfc4180Says() throws IOException {
    assertThat(
            rows(
                "a,b\r\n"
                    + "1,\"x,y\"\r\n"
                    + "\"2\",\"q\"\"q\"\r\n\r\n"
                    + "3,\"line\r\n"
                    + "end\"\n"
                    + "4,mid\"quote\r"
                    + "5, blank \n"))
        .containsExactly(
            List.of("1", "x,y"),
            List.of("2", "q\"q"),
            List.of("3", "line\r\nend"),
            List.of("4", "mid\"quote"),
            List.of("5", " blank "));
    assertThat(rows("\uFEFFa,b\n1,ü€😀\n")).containsExactly(List.of("1", "ü€😀"));
    assertThat(rows("a\n1\n\n\"\"\n2"))
        .containsExactly(List.of("1"), Arrays.asList((Object) null), List.of("2"));
  }

  @Test
  void delimiterHeaderAndMissingTokensAreAsAskedFor() throws IOException {
    CsvOptions options =
        CsvOptions.DEFAULT
            .withDelimiter(';')
            .withoutHeader(List.of("p", "q"))
            .withMissing(List.of("NA", "?"));
    BlockSource source = source("1;NA\n\"NA\";x,y\n?;\n", options);
    assertThat(source.schema().names()).containsExactly("p", "q");
    assertThat(Table.read(source).rows())
        .containsExactly(
            Arrays.asList("1", null), Arrays.asList(null, "x,y"), Arrays.asList(null, ""));
    assertThat(rows("a,b\n,\"\"\nNA,x\n"))
        .containsExactly(Arrays.asList(null, null), Arrays.asList("NA", "x"));
  }

  @Test
  void quotesMayTellTextsFromMissingValues() throws IOException {
    CsvOptions options =
        CsvOptions.DEFAULT
            .withMissing(List.of("", "NA"))
            .withQuoted(CsvOptions.Quoted.TEXT)
            .withType("b", Type.Scalar.DOUBLE);
    BlockSource source = source("a,b\n\"\",1\n,\"NA\"\n\"NA\",\nNA,\"2\"\n", options);
    assertThat(Table.read(source).rows())
        .containsExactly(
            List.of("", 1.0),
            Arrays.asList(null, "?NA"), // no number, and not missing
            Arrays.asList("NA", null),
            Arrays.asList(null, 2.0));
  }

  @Test
  void tabsAreToldByTheName() throws IOException {
    Path file = Files.writeString(folder.resolve("a.tsv"), "a\tb\n1,5\tx\n");
    assertThat(Table.read(Inputs.open(file.toString())).rows())
        .containsExactly(List.of("1,5", "x"));
  }

  @Test
  void doublesAreReadWhateverTheirForm() throws IOException {
    assertThat(
            column(
                Type.Scalar.DOUBLE,
                "1",
                "-2.5",
                "+.5",
                "5.",
                "1e3",
                "1E-3",
                "0x1p3",
                "1d",
                "1f",
                " 7 ",
                "\"8\"",
                "",
                "abc",
                "1 2",
                "--1",
                "1e",
                ".",
                "1,5".replace(',', '_')))
        .containsExactly(
            1.0, -2.5, 0.5, 5.0, 1000.0, 0.001, "?0x1p3", "?1d", "?1f", 7.0, 8.0, null, "?abc",
            "?1 2", "?--1", "?1e", "?.", "?1_5");
    assertThat(
            column(
                Type.Scalar.DOUBLE,
                "INF",
                "-INF",
                "+inf",
                "-Infinity",
                "NaN",
                "nan",
                "-NaN",
                "-0.0",
                "-0"))
        .containsExactly(
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.NaN,
            Double.NaN,
            "?-NaN",
            -0.0,
            -0.0);
  }

  @Test
  void everyDoubleIsTheNearestOne() throws IOException {
    Random random = new Random(42);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 4_000; i++) {
      String digits = Long.toString(random.nextLong() >>> (1 + random.nextInt(60)));
      int point = random.nextInt(digits.length() + 1);
      texts.add(
          digits.substring(0, point)
              + "."
              + digits.substring(point)
              + (i % 3 == 0 ? "e" + (random.nextInt(640) - 330) : ""));
      texts.add("0." + "0".repeat(random.nextInt(25)) + digits);
      texts.add(
          Double.toString(Double.longBitsToDouble(random.nextLong() & 0x7fef_ffff_ffff_ffffL)));
    }
    texts.addAll(
        List.of(
            "9007199254740993",
            "9007199254740992.5",
            "123456789012345678",
            "0.1234567890123456789",
            "4.9e-324",
            "2.4703282292062327e-324"));
    assertThat(column(Type.Scalar.DOUBLE, texts.toArray(String[]::new)))
        .isEqualTo(texts.stream().map(t -> (Object) Double.valueOf(t)).toList());
    assertThat(column(Type.Scalar.FLOAT, texts.toArray(String[]::new)))
        .isEqualTo(texts.stream().map(t -> (Object) (double) Float.parseFloat(t)).toList());
  }

  @Test
  void wholeNumbersMayHaveAnEmptyFractionAndMustFit() throws IOException {
    assertThat(
            column(
                Type.Scalar.LONG,
                "0",
                "-5",
                "+7",
                "3.0",
                "3.00e1",
                "12e-1",
                "120e-1",
                "007",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "1e18",
                "1e19",
                "1e999999999",
                "1e9999999999",
                "0e9999999999",
                "3.5",
                "x",
                "0.0",
                "00000000000000000000005"))
        .containsExactly(
            0L,
            -5L,
            7L,
            3L,
            30L,
            "?12e-1",
            12L,
            7L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            "?9223372036854775808",
            1_000_000_000_000_000_000L,
            "?1e19",
            "?1e999999999",
            "?1e9999999999",
            "?0e9999999999",
            "?3.5",
            "?x",
            0L,
            5L);
    assertThat(column(Type.Scalar.BYTE, "127", "128", "-128", "-129"))
        .containsExactly(127L, "?128", -128L, "?-129");
    assertThat(column(Type.Scalar.SHORT, "32767", "32768")).containsExactly(32767L, "?32768");
    assertThat(column(Type.Scalar.INT, "2147483647", "2147483648"))
        .containsExactly(2147483647L, "?2147483648");
  }

  @Test
  void booleansAreTrueAndFalse() throws IOException {
    assertThat(column(Type.Scalar.BOOLEAN, "true", "FALSE", "True", "yes", "1", ""))
        .containsExactly(1L, 0L, 1L, "?yes", "?1", null);
  }

  @Test
  void datesAndTimesAreIso8601() throws IOException {
    assertThat(
            column(
                Type.Scalar.DATE,
                "1970-01-01",
                "2024-02-29",
                "2023-02-29",
                "1900-02-29",
                "2000-02-29",
                "0000-01-01",
                "9999-12-31",
                "2024-13-01",
                "2024-1-01",
                "2024-01-01T00:00:00",
                "20240101",
                " 1969-12-31 "))
        .containsExactly(
            0L,
            19_782L,
            "?2023-02-29",
            "?1900-02-29",
            11_016L,
            -719_528L,
            2_932_896L,
            "?2024-13-01",
            "?2024-1-01",
            "?2024-01-01T00:00:00",
            "?20240101",
            -1L);
    Type local = new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL);
    assertThat(
            column(
                local,
                "1970-01-01T00:00:01",
                "1970-01-01 00:00:01.5",
                "1970-01-01T00:01",
                "1969-12-31T23:59:59.999999",
                "1970-01-01T00:00:00.1234567",
                "1970-01-01",
                "1970-01-01T24:00:00",
                "1970-01-01T00:00:00Z",
                "1970-01-01T00:00:00."))
        .containsExactly(
            1_000_000L,
            1_500_000L,
            60_000_000L,
            -1L,
            123_456L,
            "?1970-01-01",
            "?1970-01-01T24:00:00",
            "?1970-01-01T00:00:00Z",
            "?1970-01-01T00:00:00.");
    Type utc = new Type.Timestamp(Type.Unit.MILLIS, Type.Clock.UTC);
    assertThat(
            column(
                utc,
                "1970-01-01T00:00:00Z",
                "1970-01-01T01:00:00+01:00",
                "1970-01-01T00:00:00-00:30",
                "1970-01-01T00:00:00",
                "1970-01-01T00:00:00+1:00"))
        .containsExactly(0L, 0L, 1_800_000L, "?1970-01-01T00:00:00", "?1970-01-01T00:00:00+1:00");
    assertThat(
            column(
                new Type.Timestamp(Type.Unit.NANOS, Type.Clock.LOCAL),
                "2262-04-11T23:47:16.854775807",
                "2262-04-11T23:47:16.854775808"))
        .containsExactly(Long.MAX_VALUE, "?2262-04-11T23:47:16.854775808");
    assertThat(
            column(
                new Type.Time(Type.Unit.MILLIS), "00:00", "23:59:59.999", "24:00", "12:60", "1:00"))
        .containsExactly(0L, 86_399_999L, "?24:00", "?12:60", "?1:00");
  }

  @Test
  void everyDayIsTheCalendars() throws IOException {
    List<String> days = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (LocalDate day = LocalDate.of(1896, 1, 1); day.getYear() < 1905; day = day.plusDays(1)) {
      days.add(day.toString());
      expected.add(day.toEpochDay());
    }
    for (int year = 0; year < 10_000; year += 37) {
      LocalDate day = LocalDate.of(year, 1 + year % 12, 28);
      days.add(day.toString());
      expected.add(day.toEpochDay());
    }
    assertThat(column(Type.Scalar.DATE, days.toArray(String[]::new))).isEqualTo(expected);
  }

  @Test
  void decimalsAndBytesMustBeWellFormed() throws IOException {
    assertThat(column(new Type.Decimal(5, 2), "1", "-1.23", "999.99", "1.230", ""))
        .containsExactly("64", "85", "01869f", "7b", null);
    for (String bad : List.of("1000", "1.234", "x", "1e1000000000")) {
      assertThatThrownBy(() -> column(new Type.Decimal(5, 2), "1", bad))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "in:3: record 2, column \"y\": \""
                  + bad
                  + "\" is not a decimal of at most 5 digits, 2 of them behind the point");
    }
    assertThat(column(Type.Scalar.BINARY, "AP8=", "")).containsExactly("00ff", null);
    assertThatThrownBy(() -> column(Type.Scalar.BINARY, "="))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("\"=\" is not Base64");
  }

  @Test
  void oneColumnIsReadAsNumberAndAsText() throws IOException {
    List<Field> wanted =
        List.of(new Field("b", Type.Scalar.DOUBLE), new Field("b", Type.Scalar.STRING));
    Table read =
        Table.read(
            source("a,b\n1,2.50\n1,x\n", CsvOptions.DEFAULT), wanted, new Partitioning.Natural());
    assertThat(read.rows()).containsExactly(List.of(2.5, "2.50"), List.of("?x", "x"));
  }

  @Test
  void aColumnOfUniqueTextsDoesNotFillTheHeap() throws IOException {
    StringBuilder text = new StringBuilder("id,few\n");
    for (int i = 0; i < 300_000; i++) {
      text.append("id-").append(i).append(',').append(i % 3).append('\n');
    }
    Table read = Table.read(source(text.toString(), CsvOptions.DEFAULT));
    assertThat(read.rows()).hasSize(300_000);
    for (int i = 0; i < 300_000; i++) {
      if (!read.rows().get(i).equals(List.of("id-" + i, "" + i % 3))) {
        assertThat(read.rows().get(i)).isEqualTo(List.of("id-" + i, "" + i % 3));
      }
    }
  }

  @Test
  void aRaggedRecordIsReportedWithItsPlaceAndSizes() {
    assertThatThrownBy(() -> rows("a,b,c\n1,2,3\n\n\"4\n4\",5,6\n7,8\n"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "in:6: record 3 has 2 fields but 3 are expected (a, b, c); quote fields that hold the"
                + " delimiter ','");
    assertThatThrownBy(() -> rows("a\n1\n1,2\n"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("in:3: record 2 has 2 fields but 1 are expected");
  }

  @Test
  void aRaggedRecordFarBehindIsReportedWithItsTrueNumbers() {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 200_000; i++) {
      text.append(i).append(",\"x\ny\"\n");
    }
    text.append("only one\n");
    assertThatThrownBy(() -> rows(text.toString()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("in:400002: record 200001 has 1 fields but 2 are expected");
  }

  @Test
  void textThatIsNotCsvIsReportedWithItsPlace() {
    assertThatThrownBy(() -> rows("a,b\n1,2\n\"x\"y,3\n"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("in:3: record 2 is not CSV: behind a quoted field stands neither");
    assertThatThrownBy(() -> rows("a,b\n1,\"2\n3,4\n"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "in:2: the record that begins here has a quoted field that is not closed");
    assertThatThrownBy(() -> rows("\"a\"b,c\n1,2\n"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("in:1: the header is not CSV");
  }

  @Test
  void textThatIsNotUtf8IsReportedWithItsByte() {
    byte[] latin1 = "a,b\n1,M\u00fcnchen\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(
            () ->
                Table.read(Inputs.of(new ByteArrayInputStream(latin1), "in", InputOptions.DEFAULT)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "in: byte 7 (0xfc) is not UTF-8; convert the file to UTF-8, for example with iconv");
    byte[] cut = "a\n€".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(
            () ->
                Table.read(
                    Inputs.of(new ByteArrayInputStream(cut, 0, 4), "in", InputOptions.DEFAULT)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("in: byte 2 (0xe2) is not UTF-8");
  }

  @Test
  void charactersOfSeveralBytesMayStandAnywhere() throws IOException {
    // Longer than the decoder's buffer, shifted by one byte after the other.
    for (int shift = 0; shift < 5; shift++) {
      String field = "x".repeat(shift) + "€ü😀a".repeat(5_000);
      assertThat(rows("a,b\n" + field + ",1\n")).containsExactly(List.of(field, "1"));
    }
  }

  @Test
  void anEmptyFileNeedsNames() throws IOException {
    assertThatThrownBy(() -> source("", CsvOptions.DEFAULT).schema())
        .isInstanceOf(IOException.class)
        .hasMessage(
            "in is empty: it has not even a header line; if there is none, give the names of the"
                + " columns");
    CsvOptions named = CsvOptions.DEFAULT.withoutHeader(List.of("a"));
    assertThat(rows("", named)).isEmpty();
    assertThat(rows("a,b\n")).isEmpty();
  }

  @Test
  void headerNamesMustDiffer() {
    assertThatThrownBy(() -> rows("a,b,a\n1,2,3\n"))
        .isInstanceOf(IOException.class)
        .hasMessage("in:1: the header names the column \"a\" twice; rename one of them");
  }

  @Test
  void aTypeForAColumnThatIsNotThereIsAMistake() throws IOException {
    assertThatThrownBy(
            () -> source("a,b\n", CsvOptions.DEFAULT.withType("c", Type.Scalar.LONG)).schema())
        .isInstanceOf(IOException.class)
        .hasMessage("in has no column \"c\", for which a type was given; its columns are a, b");
  }

  @Test
  void damagedCompressionIsReported() throws IOException {
    byte[] gzip =
        TextCompression.GZIP.compress(
            "a,b\n1,2\n".repeat(1_000).getBytes(StandardCharsets.UTF_8), 8_000);
    byte[] zstd =
        TextCompression.ZSTD.compress(
            "a,b\n1,2\n".repeat(1_000).getBytes(StandardCharsets.UTF_8), 8_000);
    for (byte[] whole : List.of(gzip, zstd)) {
      InputStream cut = new ByteArrayInputStream(whole, 0, whole.length - 9);
      assertThatThrownBy(() -> Table.read(Inputs.of(cut, "in", InputOptions.DEFAULT)))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(
              "in: the (gzip|zstd) data is damaged or cut off .*; get the file again");
    }
  }

  @Test
  void aStreamIsReadOnceAndNotClosed() throws IOException {
    boolean[] closed = new boolean[1];
    InputStream in =
        new ByteArrayInputStream("a\n1\n".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    BlockSource source = Inputs.of(in, "standard input", InputOptions.DEFAULT);
    assertThat(source.schema().names()).containsExactly("a");
    assertThat(Table.read(source).rows()).containsExactly(List.of("1"));
    assertThat(closed).containsExactly(false);
    assertThatThrownBy(() -> Table.read(source))
        .isInstanceOf(IOException.class)
        .hasMessage("standard input can be read only once; save it to a file to read it again");
    assertThatThrownBy(
            () ->
                Inputs.of(
                    in, "in", new InputOptions(Optional.of(Format.PARQUET), CsvOptions.DEFAULT)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be read as PARQUET");
  }

  @Test
  void everyPartitioningOfRandomTextGivesTheSameRows() throws IOException {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int columns = 1 + random.nextInt(4);
      List<String> names = List.of("a", "b", "c", "d").subList(0, columns);
      String text = RandomCsv.text(random, 1 + random.nextInt(60), columns);
      CsvOptions options = CsvOptions.DEFAULT.withoutHeader(names);
      Path file = Files.writeString(folder.resolve("random.csv"), text);
      BlockSource source =
          Inputs.open(file.toString(), new InputOptions(Optional.empty(), options));
      List<List<Object>> whole = Table.read(source, new Partitioning.Bytes(1L << 40)).rows();
      assertThat(whole).as("seed %d", seed).hasSameSizeAs(RandomCsv.recordEnds(text));
      for (Partitioning partitioning :
          List.of(
              new Partitioning.Rows(1),
              new Partitioning.Rows(7),
              new Partitioning.Bytes(1),
              new Partitioning.Bytes(50))) {
        assertThat(Table.read(source, partitioning).rows())
            .as("seed %d, %s", seed, partitioning)
            .isEqualTo(whole);
      }
    }
  }

  @Test
  void largePartitionsOfAFileAreReadFromTheFile() throws IOException {
    StringBuilder text = new StringBuilder("\uFEFFa,b\n");
    for (int i = 0; i < 600_000; i++) {
      text.append(i).append(",\"x").append(i % 7).append("\"\n");
    }
    Path file = Files.writeString(folder.resolve("large.csv"), text);
    BlockSource source = Inputs.open(file.toString());
    Schema schema = source.schema();
    Table read = Table.read(source, schema.fields(), new Partitioning.Bytes(5 << 20));
    assertThat(read.rows()).hasSize(600_000);
    for (int i = 0; i < 600_000; i++) {
      if (!read.rows().get(i).equals(List.of("" + i, "x" + i % 7))) {
        assertThat(read.rows().get(i)).isEqualTo(List.of("" + i, "x" + i % 7));
      }
    }
  }
}
