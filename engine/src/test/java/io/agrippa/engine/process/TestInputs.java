package io.agrippa.engine.process;

import io.agrippa.engine.InputCatalogue;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Inputs that do harm to the worker that reads them: {@code test:ACTION@ROW:ROWS:MARK}. What the
 * action does happens where the block of that row is read, in a worker only; with a mark (a file
 * that is not there) only the first time.
 */
public final class TestInputs implements InputCatalogue {
  static final int PARTITION = 10_000;

  /** What happens. */
  enum Action {
    /** Nothing. */
    NONE,
    /** Nothing; and only the parent can read it. */
    STREAM,
    /** The worker ends. */
    HALT,
    /** The worker stands still, with all its threads. */
    STOP,
    /** The worker writes to its standard output, past System.out. */
    PRINT,
    /** Reading fails. */
    FAIL
  }

  static String name(Action action, long row, long rows, Path mark) {
    return "test:%s@%d:%d:%s".formatted(action, row, rows, mark == null ? "" : mark);
  }

  @Override
  public List<String> prefixes() {
    return List.of("test");
  }

  @Override
  public BlockSource open(String name) {
    String[] parts = name.split("[@:]", 5);
    return new Source(
        name,
        Action.valueOf(parts[1]),
        Long.parseLong(parts[2]),
        Long.parseLong(parts[3]),
        parts[4].isEmpty() ? null : Path.of(parts[4]));
  }

  @Override
  public List<Path> files(String name) {
    return List.of();
  }

  private record Source(String name, Action action, long row, long allRows, Path mark)
      implements BlockSource {
    @Override
    public Schema schema() {
      return new Schema(
          List.of(new Field("id", Type.Scalar.LONG), new Field("x", Type.Scalar.DOUBLE)));
    }

    @Override
    public OptionalLong rows() {
      return OptionalLong.of(allRows);
    }

    @Override
    public OptionalLong bytes() {
      return OptionalLong.empty();
    }

    @Override
    public Partitions read(List<Field> wanted, Partitioning partitioning) {
      Schema schema =
          new Schema(
              wanted.stream()
                  .map(field -> schema().field(schema().indexOf(field.name())))
                  .toList());
      return new Partitions() {
        private long next;

        @Override
        public Schema schema() {
          return schema;
        }

        @Override
        public Partition next() {
          long from = next;
          next = Math.min(allRows, from + PARTITION);
          return from == allRows ? null : new Part(Source.this, schema, from, next);
        }

        @Override
        public Partition at(byte[] address) {
          ByteBuffer in = ByteBuffer.wrap(address);
          return new Part(Source.this, schema, in.getLong(), in.getLong());
        }

        @Override
        public void close() {}
      };
    }

    private void act() throws IOException {
      if (!System.getProperty("sun.java.command", "").contains("WorkerMain") || !isDue()) {
        return;
      }
      switch (action) {
        case NONE, STREAM -> {}
        case HALT -> {
          System.out.println("the last words of a worker");
          System.out.flush();
          Runtime.getRuntime().halt(7);
        }
        case STOP -> signalSelf("STOP");
        case PRINT -> {
          try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write("hello there, everybody\n".getBytes(StandardCharsets.UTF_8));
          }
        }
        case FAIL -> throw new IOException("broken at row " + row);
      }
    }

    private boolean isDue() throws IOException {
      if (mark == null) {
        return true;
      }
      try {
        Files.createFile(mark);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      }
    }

    private static void signalSelf(String signal) throws IOException {
      try {
        new ProcessBuilder("kill", "-" + signal, Long.toString(ProcessHandle.current().pid()))
            .start()
            .waitFor();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private record Part(Source source, Schema schema, long from, long to) implements Partition {
    @Override
    public String origin() {
      return "test";
    }

    @Override
    public long bytes() {
      return 16 * (to - from);
    }

    @Override
    public Optional<byte[]> address() {
      return source.action() == Action.STREAM
          ? Optional.empty()
          : Optional.of(ByteBuffer.allocate(16).putLong(from).putLong(to).array());
    }

    @Override
    public BlockReader open() {
      return new BlockReader() {
        private long row = from;

        @Override
        public Block next() throws IOException {
          int rows = (int) Math.min(Block.MAX_ROWS, to - row);
          if (rows == 0) {
            return null;
          }
          if (source.row() >= row && source.row() < row + rows) {
            source.act();
          }
          long[] ids = new long[rows];
          double[] xs = new double[rows];
          for (int i = 0; i < rows; i++) {
            ids[i] = row + i;
            xs[i] = Math.sqrt((double) (row + i));
          }
          row += rows;
          return new Block(
              schema,
              rows,
              schema.fields().stream()
                  .<Column>map(
                      field ->
                          field.name().equals("id")
                              ? new LongColumn(ids, null)
                              : new DoubleColumn(xs, null))
                  .toList());
        }

        @Override
        public void close() {}
      };
    }
  }
}
