package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
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

class JsonLinesSinkTest {
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
      CsvOptions options = CsvOptions.DEFAULT;
      for (Field field : schema.fields()) {
        options = options.withType(field.name(), field.type());
      }
      return Inputs.open(file.toString(), new InputOptions(Optional.empty(), options));
    }
  }

  @Nested
  class Plain extends Contract {
    Plain() {
      super("scored.jsonl");
    }
  }

  @Nested
  class Gzip extends Contract {
    Gzip() {
      super("scored.jsonl.gz");
    }
  }

  @Nested
  class Zstd extends Contract {
    Zstd() {
      super("scored.ndjson.zst");
    }
  }

  private static String written(Schema schema, List<Block> blocks) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OutputOptions options =
        new OutputOptions(
            Optional.of(Format.JSONL), CsvOptions.DEFAULT, ParquetOptions.DEFAULT, Existing.FAIL);
    try (var sink = Outputs.to(out, "out", schema, options)) {
      for (Block block : blocks) {
        sink.append(sink.encode(block));
      }
      sink.commit();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void eachTypeHasTheFormThatJsonHasForIt() throws IOException {
    Schema schema =
        new Schema(
            List.of(
                new Field("d", Type.Scalar.DOUBLE),
                new Field("f", Type.Scalar.FLOAT),
                new Field("l", Type.Scalar.LONG),
                new Field("b", Type.Scalar.BOOLEAN),
                new Field("day", Type.Scalar.DATE),
                new Field("t", new Type.Time(Type.Unit.MILLIS)),
                new Field("utc", new Type.Timestamp(Type.Unit.NANOS, Type.Clock.UTC)),
                new Field("dec", new Type.Decimal(5, 2)),
                new Field("bin", Type.Scalar.BINARY),
                new Field("the \"text\"", Type.Scalar.STRING)));
    Table table =
        new Table(
            schema,
            List.of(
                List.of(
                    0.1,
                    (double) 0.1f,
                    Long.MIN_VALUE,
                    1L,
                    0L,
                    1L,
                    1L,
                    "01",
                    "00ff",
                    "é\n\u0001\\"),
                List.of(1e300, 3.0, 7L, 0L, -1L, 0L, -1L, "ff85", "", ""),
                List.of(
                    Double.NEGATIVE_INFINITY, Double.NaN, 7L, 0L, -1L, 0L, -1L, "ff85", "", "\"/"),
                Arrays.asList(null, null, null, null, null, null, null, null, null, null)));
    String text = written(schema, table.blocks(100));
    assertThat(text.lines())
        .containsExactly(
            "{\"d\":0.1,\"f\":0.1,\"l\":-9223372036854775808,\"b\":true,\"day\":\"1970-01-01\",\"t\":\"00:00:00.001\",\"utc\":\"1970-01-01T00:00:00.000000001Z\",\"dec\":0.01,\"bin\":\"AP8=\",\"the \\\"text\\\"\":\"é\\n\\u0001\\\\\"}",
            "{\"d\":1.0E300,\"f\":3.0,\"l\":7,\"b\":false,\"day\":\"1969-12-31\",\"t\":\"00:00:00\",\"utc\":\"1969-12-31T23:59:59.999999999Z\",\"dec\":-1.23,\"bin\":\"\",\"the \\\"text\\\"\":\"\"}",
            "{\"d\":\"-INF\",\"f\":\"NaN\",\"l\":7,\"b\":false,\"day\":\"1969-12-31\",\"t\":\"00:00:00\",\"utc\":\"1969-12-31T23:59:59.999999999Z\",\"dec\":-1.23,\"bin\":\"\",\"the \\\"text\\\"\":\"\\\"/\"}",
            "{\"d\":null,\"f\":null,\"l\":null,\"b\":null,\"day\":null,\"t\":null,\"utc\":null,\"dec\":null,\"bin\":null,\"the \\\"text\\\"\":null}");
    try (JsonParser strict = new JsonFactory().createParser(text)) {
      int objects = 0;
      for (var token = strict.nextToken(); token != null; token = strict.nextToken()) {
        objects++;
        strict.skipChildren();
      }
      assertThat(objects).isEqualTo(4);
    }
  }

  @Test
  void malformedTextIsAString() throws IOException {
    Schema schema =
        new Schema(List.of(new Field("l", Type.Scalar.LONG), new Field("d", Type.Scalar.DOUBLE)));
    Malformed second = Malformed.of(new int[] {1}, new String[] {"a\"b"});
    Block block =
        new Block(
            schema,
            2,
            List.of(
                new LongColumn(new long[] {1, 0}, null, second),
                new DoubleColumn(new double[] {1, 0}, null, second)));
    assertThat(written(schema, List.of(block)))
        .isEqualTo("{\"l\":1,\"d\":1.0}\n{\"l\":\"a\\\"b\",\"d\":\"a\\\"b\"}\n");
  }
}
