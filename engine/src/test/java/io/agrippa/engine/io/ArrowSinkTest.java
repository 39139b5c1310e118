package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.arrow.ArrowCompression;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArrowSinkTest {
  private static OutputOptions compressed(ArrowCompression compression) {
    OutputOptions usual = OutputOptions.DEFAULT;
    return new OutputOptions(
        usual.format(), usual.csv(), usual.parquet(), compression, usual.existing());
  }

  private abstract static class Contract extends SinkContract {
    private final String name;
    private final ArrowCompression compression;

    Contract(String name, ArrowCompression compression) {
      this.name = name;
      this.compression = compression;
    }

    @Override
    OutputOptions options() {
      return compressed(compression);
    }

    @Override
    String name() {
      return name;
    }

    @Override
    BlockSource source(Path file, Schema schema) throws IOException {
      return Inputs.open(file.toString());
    }
  }

  @Nested
  class FileKind extends Contract {
    FileKind() {
      super("scored.arrow", ArrowCompression.NONE);
    }
  }

  @Nested
  class StreamKind extends Contract {
    StreamKind() {
      super("scored.arrows", ArrowCompression.NONE);
    }
  }

  @Nested
  class FileOfZstd extends Contract {
    FileOfZstd() {
      super("scored.arrow", ArrowCompression.ZSTD);
    }
  }

  @Nested
  class StreamOfZstd extends Contract {
    StreamOfZstd() {
      super("scored.arrows", ArrowCompression.ZSTD);
    }
  }

  @Nested
  class FileOfLz4 extends Contract {
    FileOfLz4() {
      super("scored.arrow", ArrowCompression.LZ4);
    }
  }

  @Nested
  class StreamOfLz4 extends Contract {
    StreamOfLz4() {
      super("scored.arrows", ArrowCompression.LZ4);
    }
  }

  @TempDir Path folder;

  /** Arrow's own readers as the reference. */
  @ParameterizedTest
  @EnumSource(ArrowCompression.class)
  void arrowsOwnReadersReadWhatIsWritten(ArrowCompression compression) throws IOException {
    Schema schema =
        new Schema(List.of(new Field("n", Type.Scalar.LONG), new Field("s", Type.Scalar.STRING)));
    Table table = RandomTables.table(schema, 9_001, RandomTables.Nulls.RANDOM, 3);
    for (String name : List.of("a.arrow", "a.arrows")) {
      Path file = folder.resolve(name);
      table.write(
          Outputs.open(file.toString(), schema, compressed(compression), List.of()), 4_096, 1, 63);
      List<List<Object>> rows = new ArrayList<>();
      try (BufferAllocator allocator = new RootAllocator();
          FileChannel channel = FileChannel.open(file);
          ArrowReader reader =
              name.endsWith("s")
                  ? new ArrowStreamReader(channel, allocator, CommonsCompressionFactory.INSTANCE)
                  : new ArrowFileReader(channel, allocator, CommonsCompressionFactory.INSTANCE)) {
        while (reader.loadNextBatch()) {
          for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
            Object text = reader.getVectorSchemaRoot().getVector("s").getObject(row);
            List<Object> values = new ArrayList<>();
            values.add(reader.getVectorSchemaRoot().getVector("n").getObject(row));
            values.add(text == null ? null : Objects.toString(text));
            rows.add(values);
          }
        }
      }
      assertThat(rows).as(name).isEqualTo(table.rows());
    }
  }

  @Test
  void whatIsCompressedIsShorter() throws IOException {
    Schema schema = new Schema(List.of(new Field("n", Type.Scalar.LONG)));
    Block block = new Block(schema, 4_096, List.of(new LongColumn(new long[4_096], null)));
    Path plain = folder.resolve("none.arrow");
    for (ArrowCompression compression : ArrowCompression.values()) {
      Path file = folder.resolve(compression.name().toLowerCase(Locale.ROOT) + ".arrow");
      try (BlockSink sink =
          Outputs.open(file.toString(), schema, compressed(compression), List.of())) {
        sink.append(sink.encode(block));
        sink.commit();
      }
      if (compression != ArrowCompression.NONE) {
        assertThat(Files.size(file)).isLessThan(Files.size(plain) / 10);
      }
    }
  }

  @Test
  void aTextAmongNumbersIsRefusedInsteadOfLost() throws IOException {
    Schema schema = new Schema(List.of(new Field("n", Type.Scalar.LONG)));
    Malformed first = Malformed.of(new int[] {0}, new String[] {"many"});
    try (BlockSink sink =
        Outputs.open(
            folder.resolve("a.arrow").toString(), schema, OutputOptions.DEFAULT, List.of())) {
      assertThatThrownBy(
              () ->
                  sink.encode(
                      new Block(schema, 1, List.of(new LongColumn(new long[1], null, first)))))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("column \"n\" holds \"many\"");
    }
    assertThatThrownBy(
            () ->
                Outputs.open(
                    folder.resolve("b.arrow").toString(),
                    new Schema(List.of(new Field("d", new Type.Decimal(90, 2)))),
                    OutputOptions.DEFAULT,
                    List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("which Arrow has no type for");
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
