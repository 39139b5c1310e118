package io.agrippa.engine.io;

import io.agrippa.engine.arrow.ArrowStream;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A stream in Arrow's IPC format, which can be read once. Its partitions hold whole batches. */
final class ArrowStreamSource implements BlockSource {
  /** Batches that a partition holds, at most, beyond the first. */
  private static final long MAX_HELD = 16 << 20;

  private final String name;
  private final InputStream in;
  private ArrowStream stream; // opened when first asked for
  private boolean read;

  /**
   * A source.
   *
   * @throws IOException if the library is not on the class path
   */
  ArrowStreamSource(String name, InputStream in) throws IOException {
    this.name = name;
    this.in = in;
    Libraries.require("org.apache.arrow.vector.TypeLayout", "arrow-vector", name);
  }

  @Override
  public String name() {
    return name;
  }

  private synchronized ArrowStream stream() throws IOException {
    if (stream == null) {
      long most = Math.min(Integer.MAX_VALUE - 16L, Runtime.getRuntime().maxMemory() / 8);
      stream = new ArrowStream(name, in, most);
    }
    return stream;
  }

  @Override
  public Schema schema() throws IOException {
    return stream().schema();
  }

  @Override
  public OptionalLong rows() {
    return OptionalLong.empty();
  }

  @Override
  public OptionalLong bytes() {
    return OptionalLong.empty();
  }

  @Override
  public synchronized Partitions read(List<Field> wanted, Partitioning partitioning)
      throws IOException {
    List<Integer> columns = ArrowSource.positions(name, schema(), wanted);
    if (read) {
      throw new IOException(name + " can be read only once; save it to a file to read it again");
    }
    read = true;
    return new Cut(stream(), columns, partitioning);
  }

  /** Rows of a batch that was read. */
  private record Piece(ArrowStream.StreamBatch batch, long from, long rows) {}

  /** Reads the stream while it is cut. */
  private final class Cut implements Partitions {
    private final ArrowStream from;
    private final List<Integer> columns;
    private final Schema schema;
    private final long wantedRows;
    private final long wantedBytes;
    private final List<SharedDictionary> texts;
    private ArrowStream.StreamBatch batch;
    private long taken; // rows of the batch

    Cut(ArrowStream from, List<Integer> columns, Partitioning partitioning) {
      this.from = from;
      this.columns = columns;
      schema = new Schema(columns.stream().map(from.schema()::field).toList());
      wantedRows = partitioning instanceof Partitioning.Rows rows ? rows.rows() : Long.MAX_VALUE;
      wantedBytes =
          partitioning instanceof Partitioning.Bytes bytes
              ? Math.min(MAX_HELD, bytes.bytes())
              : partitioning instanceof Partitioning.Natural ? 1 << 20 : MAX_HELD;
      texts = schema.fields().stream().map(f -> new SharedDictionary()).toList();
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Partition next() throws IOException {
      List<Piece> pieces = new ArrayList<>();
      long rows = 0;
      long bytes = 0;
      while (rows < wantedRows && (bytes < wantedBytes || rows == 0)) {
        while (batch == null || taken == batch.rows()) {
          batch = from.next();
          taken = 0;
          if (batch == null) {
            return pieces.isEmpty() ? null : new Rows(from, columns, texts, pieces, bytes);
          }
        }
        long count = Math.min(wantedRows - rows, batch.rows() - taken);
        pieces.add(new Piece(batch, taken, count));
        taken += count;
        rows += count;
        bytes += (long) ((double) batch.bytes() * count / batch.rows());
      }
      return new Rows(from, columns, texts, pieces, bytes);
    }

    @Override
    public void close() {}
  }

  /** Rows that are held. */
  private final class Rows implements Partition {
    private final ArrowStream of;
    private final List<Integer> columns;
    private final List<SharedDictionary> texts;
    private final List<Piece> pieces;
    private final long bytes;

    Rows(
        ArrowStream of,
        List<Integer> columns,
        List<SharedDictionary> texts,
        List<Piece> pieces,
        long bytes) {
      this.of = of;
      this.columns = columns;
      this.texts = texts;
      this.pieces = pieces;
      this.bytes = bytes;
    }

    @Override
    public String origin() {
      return name;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public long heldBytes() {
      return bytes;
    }

    @Override
    public BlockReader open() {
      ArrowStream.Rows rows = of.rows(columns, List.copyOf(texts));
      return new BlockReader() {
        private int piece;
        private long done;

        @Override
        public Block next() throws IOException {
          if (piece < pieces.size() && done == pieces.get(piece).rows()) {
            piece++;
            done = 0;
          }
          if (piece == pieces.size()) {
            return null;
          }
          Piece at = pieces.get(piece);
          int count = (int) Math.min(Block.MAX_ROWS, at.rows() - done);
          Block block = rows.read(at.batch(), at.from() + done, count);
          done += count;
          return block;
        }

        @Override
        public void close() {}
      };
    }
  }
}
