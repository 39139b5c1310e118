package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrowSinkTest {
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
      return Inputs.open(file.toString());
    }
  }

  @Nested
  class FileKind extends Contract {
    FileKind() {
      super("scored.arrow");
    }
  }

  @Nested
  class StreamKind extends Contract {
    StreamKind() {
      super("scored.arrows");
    }
  }

  @TempDir Path folder;

  /** Arrow's own readers as the reference. */
  @Test
  void arrowsOwnReadersReadWhatIsWritten() throws IOException {
    Schema schema =
        new Schema(List.of(new Field("n", Type.Scalar.LONG), new Field("s", Type.Scalar.STRING)));
    Table table = RandomTables.table(schema, 9_001, RandomTables.Nulls.RANDOM, 3);
    for (String name : List.of("a.arrow", "a.arrows")) {
      Path file = folder.resolve(name);
      table.write(
          Outputs.open(file.toString(), schema, OutputOptions.DEFAULT, List.of()), 4_096, 1, 63);
      List<List<Object>> rows = new ArrayList<>();
      try (BufferAllocator allocator = new RootAllocator();
          FileChannel channel = FileChannel.open(file);
          ArrowReader reader =
              name.endsWith("s")
                  ? new ArrowStreamReader(channel, allocator)
                  : new ArrowFileReader(channel, allocator)) {
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
