package io.agrippa.datasets;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
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
import io.agrippa.engine.data.StringColumn;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Rows that are computed when they are read. Any cut into partitions gives the same rows, bit for
 * bit.
 */
final class GeneratedSource implements BlockSource {
  /**
   * Rows of a partition where the caller leaves the cut to the source: a few milliseconds of work.
   */
  private static final long NATURAL_ROWS = 16L * Block.MAX_ROWS;

  private static final int BYTES_A_VALUE = 8; // in memory; there is no file to measure
  private static final int MISSING = 1 << 16; // purpose of the streams that decide what is missing

  private final String name;
  private final Recipe recipe;
  private final long rows;
  private final long seed;
  private final double missingRate;
  private final long waitMillis; // of each block

  GeneratedSource(
      String name, Recipe recipe, long rows, long seed, double missingRate, long waitMillis) {
    this.name = name;
    this.recipe = recipe;
    this.rows = rows;
    this.seed = seed;
    this.missingRate = missingRate;
    this.waitMillis = waitMillis;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Schema schema() {
    return new Schema(recipe.fields());
  }

  @Override
  public OptionalLong rows() {
    return OptionalLong.of(rows);
  }

  @Override
  public OptionalLong bytes() {
    return OptionalLong.empty();
  }

  @Override
  public Partitions read(List<Field> wanted, Partitioning partitioning) throws IOException {
    Schema all = schema();
    int[] fields = new int[wanted.size()];
    List<Field> delivered = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      fields[i] = all.indexOf(wanted.get(i).name());
      if (fields[i] < 0) {
        throw new IOException(
            "%s has no column \"%s\"; it has %s"
                .formatted(name, wanted.get(i).name(), String.join(", ", all.names())));
      }
      delivered.add(all.field(fields[i]));
    }
    return new Slices(new Schema(delivered), fields, rowsOf(partitioning, fields.length));
  }

  private static long rowsOf(Partitioning partitioning, int columns) {
    if (partitioning instanceof Partitioning.Rows r) {
      return r.rows();
    }
    if (partitioning instanceof Partitioning.Bytes b) {
      return Math.max(1, b.bytes() / (BYTES_A_VALUE * Math.max(1L, columns)));
    }
    return NATURAL_ROWS;
  }

  /** Waits as a slow source would, without a processor. */
  private void await() throws IOException {
    if (waitMillis == 0) {
      return;
    }
    try {
      Thread.sleep(waitMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException(name + ": interrupted while waiting for rows").initCause(e);
    }
  }

  private Column column(int field, long first, int count) {
    Column column = recipe.column(field, first, count);
    if (missingRate == 0 || !recipe.optional(field)) {
      return column;
    }
    long[] missing = new long[Bits.words(count)];
    Draws draws = new Draws(seed, field, MISSING);
    for (int i = 0; i < count; i++) {
      if (draws.uniform(first + i) < missingRate) {
        Bits.set(missing, i);
      }
    }
    return Bits.any(missing) ? without(column, missing, count) : column;
  }

  private static Column without(Column column, long[] missing, int count) {
    if (column instanceof DoubleColumn c) {
      return new DoubleColumn(c.values(), missing);
    }
    if (column instanceof LongColumn c) {
      return new LongColumn(c.values(), missing);
    }
    if (column instanceof StringColumn c) {
      int[] codes = c.codes().clone();
      for (int i = 0; i < count; i++) {
        if (Bits.get(missing, i)) {
          codes[i] = StringColumn.MISSING;
        }
      }
      return new StringColumn(codes, c.dictionary());
    }
    BinaryColumn c = (BinaryColumn) column;
    throw new IllegalStateException("no recipe makes a " + c.getClass().getSimpleName());
  }

  /** Hands out slices of consecutive rows. */
  private final class Slices implements Partitions {
    private final Schema schema;
    private final int[] fields;
    private final long rowsEach;
    private long next;

    Slices(Schema schema, int[] fields, long rowsEach) {
      this.schema = schema;
      this.fields = fields;
      this.rowsEach = rowsEach;
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Partition next() {
      if (next >= rows) {
        return null;
      }
      long first = next;
      next = rows - first > rowsEach ? first + rowsEach : rows;
      return new Slice(schema, fields, first, next);
    }

    @Override
    public OptionalLong bytesLeft() {
      return OptionalLong.of((rows - next) * fields.length * BYTES_A_VALUE);
    }

    @Override
    public Partition at(byte[] address) throws IOException {
      ByteBuffer in = ByteBuffer.wrap(address);
      long first = in.getLong();
      long end = in.getLong();
      if (first < 0 || end <= first || end > rows) {
        throw new IOException("%s has no rows %d to %d".formatted(name, first, end - 1));
      }
      return new Slice(schema, fields, first, end);
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  /** Rows {@code first} to {@code end} − 1. */
  private final class Slice implements Partition {
    private final Schema schema;
    private final int[] fields;
    private final long first;
    private final long end;

    Slice(Schema schema, int[] fields, long first, long end) {
      this.schema = schema;
      this.fields = fields;
      this.first = first;
      this.end = end;
    }

    @Override
    public String origin() {
      return name;
    }

    @Override
    public long bytes() {
      return (end - first) * fields.length * BYTES_A_VALUE;
    }

    @Override
    public Optional<byte[]> address() {
      return Optional.of(ByteBuffer.allocate(2 * Long.BYTES).putLong(first).putLong(end).array());
    }

    @Override
    public BlockReader open() {
      return new BlockReader() {
        private long row = first;

        @Override
        public Block next() throws IOException {
          if (row >= end) {
            return null;
          }
          await();
          int count = (int) Math.min(Block.MAX_ROWS, end - row);
          List<Column> columns = new ArrayList<>();
          for (int field : fields) {
            columns.add(column(field, row, count));
          }
          row += count;
          return new Block(schema, count, columns);
        }

        @Override
        public void close() {
          // nothing is open
        }
      };
    }
  }
}
