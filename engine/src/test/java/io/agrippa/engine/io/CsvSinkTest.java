package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CsvSinkTest {
  private abstract static class Contract extends SinkContract {
    private final String name;

    Contract(String name) {
      this.name = name;
    }

    @Override
    String name() {
      return name;
    }

    @Override
    BlockSource source(Path file, Schema schema) throws IOException {
      CsvOptions options = options().csv();
      for (Field field : schema.fields()) {
        options = options.withType(field.name(), field.type());
      }
      return Inputs.open(file.toString(), new InputOptions(Optional.empty(), options));
    }
  }

  @Nested
  class Plain extends Contract {
    Plain() {
      super("scored.csv");
    }
  }

  @Nested
  class Gzip extends Contract {
    Gzip() {
      super("scored.csv.gz");
    }
  }

  @Nested
  class Zstd extends Contract {
    Zstd() {
      super("scored.csv.zst");
    }
  }

  @Nested
  class Tabs extends Contract {
    Tabs() {
      super("scored.tsv");
    }

    @Override
    OutputOptions options() {
      return new OutputOptions(
          Optional.empty(),
          CsvOptions.DEFAULT.withDelimiter('\t'),
          ParquetOptions.DEFAULT,
          Existing.FAIL);
    }
  }

  private static String written(Schema schema, CsvOptions csv, Block... blocks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputOptions options =
        new OutputOptions(Optional.empty(), csv, ParquetOptions.DEFAULT, Existing.FAIL);
    try (var sink = Outputs.to(out, "out", schema, options)) {
      for (Block block : blocks) {
        sink.append(sink.encode(block));
      }
      sink.commit();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String written(Schema schema, CsvOptions csv, List<List<Object>> rows)
      throws IOException {
    return written(schema, csv, new Table(schema, rows).blocks(100).toArray(Block[]::new));
  }

  @Test
  void fieldsAreQuotedOnlyWhereRfc4180AsksForIt() throws IOException {
    Schema schema =
        new Schema(
            List.of(new Field("a", Type.Scalar.STRING), new Field("b,c", Type.Scalar.STRING)));
    List<List<Object>> rows =
        List.of(
            List.of("plain", "with blank"),
            List.of("a,b", "a\"b"),
            List.of("a\nb", "a\rb"),
            List.of("semi;colon", "tab\there"),
            List.of("ä,ö", "ü"));
    assertThat(written(schema, CsvOptions.DEFAULT, rows))
        .isEqualTo(
            "a,\"b,c\"\nplain,with blank\n\"a,b\",\"a\"\"b\"\n\"a\nb\",\"a\rb\"\nsemi;colon,tab\there\n\"ä,ö\",ü\n");
    assertThat(written(schema, CsvOptions.DEFAULT.withDelimiter(';'), rows))
        .isEqualTo(
            "a;b,c\nplain;with blank\na,b;\"a\"\"b\"\n\"a\nb\";\"a\rb\"\n\"semi;colon\";tab\there\nä,ö;ü\n");
  }

  @Test
  void numbersAndTimesHaveTheirUsualForm() throws IOException {
    Schema schema =
        new Schema(
            List.of(
                new Field("d", Type.Scalar.DOUBLE),
                new Field("f", Type.Scalar.FLOAT),
                new Field("l", Type.Scalar.LONG),
                new Field("b", Type.Scalar.BOOLEAN),
                new Field("day", Type.Scalar.DATE),
                new Field("t", new Type.Time(Type.Unit.MILLIS)),
                new Field("local", new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL)),
                new Field("utc", new Type.Timestamp(Type.Unit.NANOS, Type.Clock.UTC)),
                new Field("dec", new Type.Decimal(5, 2)),
                new Field("bin", Type.Scalar.BINARY)));
    List<List<Object>> rows =
        List.of(
            List.of(0.1, (double) 0.1f, Long.MIN_VALUE, 1L, 0L, 1L, 1L, 1L, "01", "00ff"),
            List.of(-0.0, -0.0, 0L, 0L, -1L, 0L, -1L, -1L, "ff85", ""),
            List.of(9_999_999.0, 3.0, 7L, 1L, 19_782L, 86_399_999L, 0L, 0L, "00", "01"),
            List.of(
                1e7,
                Double.POSITIVE_INFINITY,
                1L,
                1L,
                2_932_897L,
                3_600_000L,
                951_782_400_000_000L,
                0L,
                "00",
                "02"),
            List.of(Double.NaN, Double.NaN, 1L, 1L, -719_529L, 0L, 0L, 0L, "00", "03"));
    assertThat(written(schema, CsvOptions.DEFAULT, rows).lines())
        .containsExactly(
            "d,f,l,b,day,t,local,utc,dec,bin",
            "0.1,0.1,-9223372036854775808,true,1970-01-01,00:00:00.001,1970-01-01T00:00:00.000001,1970-01-01T00:00:00.000000001Z,0.01,AP8=",
            "-0.0,-0.0,0,false,1969-12-31,00:00:00,1969-12-31T23:59:59.999999,1969-12-31T23:59:59.999999999Z,-1.23,",
            "9999999.0,3.0,7,true,2024-02-29,23:59:59.999,1970-01-01T00:00:00,1970-01-01T00:00:00Z,0.00,AQ==",
            "1.0E7,INF,1,true,+10000-01-01,01:00:00,2000-02-29T00:00:00,1970-01-01T00:00:00Z,0.00,Ag==",
            "NaN,NaN,1,true,-0001-12-31,00:00:00,1970-01-01T00:00:00,1970-01-01T00:00:00Z,0.00,Aw==");
  }

  @Test
  void aMissingValueIsWrittenAsTheFirstToken() throws IOException {
    Schema schema =
        new Schema(List.of(new Field("a", Type.Scalar.LONG), new Field("b", Type.Scalar.STRING)));
    List<List<Object>> rows = List.of(Arrays.asList(1L, null), Arrays.asList(null, "x"));
    assertThat(written(schema, CsvOptions.DEFAULT, rows)).isEqualTo("a,b\n1,\n,x\n");
    assertThat(written(schema, CsvOptions.DEFAULT.withMissing(List.of("NA", "")), rows))
        .isEqualTo("a,b\n1,NA\nNA,x\n");
  }

  @Test
  void anEmptyTextIsToldFromAMissingOne() throws IOException {
    Schema schema =
        new Schema(List.of(new Field("a", Type.Scalar.STRING), new Field("b", Type.Scalar.STRING)));
    assertThat(
            written(schema, CsvOptions.DEFAULT, List.of(Arrays.asList("", null), List.of("x", ""))))
        .isEqualTo("a,b\n\"\",\nx,\"\"\n");
  }

  @Test
  void aLoneEmptyFieldIsNoBlankLine() throws IOException {
    Schema schema = new Schema(List.of(new Field("a", Type.Scalar.STRING)));
    assertThat(
            written(schema, CsvOptions.DEFAULT, List.of(Arrays.asList((Object) null), List.of(""))))
        .isEqualTo("a\n\"\"\n\"\"\n");
  }

  @Test
  void withoutAHeaderOnlyRowsAreWritten() throws IOException {
    Schema schema = new Schema(List.of(new Field("a", Type.Scalar.LONG)));
    assertThat(
            written(schema, CsvOptions.DEFAULT.withoutHeader(List.of("a")), List.of(List.of(1L))))
        .isEqualTo("1\n");
  }

  @Test
  void malformedTextIsWrittenAsItWasRead() throws IOException {
    Schema schema =
        new Schema(List.of(new Field("l", Type.Scalar.LONG), new Field("d", Type.Scalar.DOUBLE)));
    Malformed second = Malformed.of(new int[] {1}, new String[] {"a,b"});
    Block block =
        new Block(
            schema,
            2,
            List.of(
                new LongColumn(new long[] {1, 0}, null, second),
                new DoubleColumn(new double[] {1, 0}, null, second)));
    assertThat(written(schema, CsvOptions.DEFAULT, block))
        .isEqualTo("l,d\n1,1.0\n\"a,b\",\"a,b\"\n");
  }
}
