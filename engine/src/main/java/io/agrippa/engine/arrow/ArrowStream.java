package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * An IPC stream that is read once, from front to back; a file of the file kind is one too. A batch
 * is held whole, on the heap, and what is compressed in it is decompressed when it is first asked
 * for. For one thread at a time; its batches may be read by many.
 */
public final class ArrowStream {
  private static final byte[] MAGIC = {'A', 'R', 'R', 'O'};

  private final String name;
  private final InputStream in;
  private final long mostBytes;
  private final IpcSchema schema;
  private final Map<Long, List<String[]>> pieces = new HashMap<>();
  private Map<Long, DecodedTexts> dictionaries = Map.of(); // of the next batch; never changed
  private int batches;
  private boolean ended; // what stands behind the end, as a file's footer, is not the stream's

  private record Read(IpcMessage message, byte[] body) {}

  /**
   * Reads the schema.
   *
   * @param name what to call the stream in messages
   * @param in stays open: whoever opened it closes it when no batch is asked for any more
   * @param mostBytes bytes that one batch may have
   */
  public ArrowStream(String name, InputStream in, long mostBytes) throws IOException {
    this.name = name;
    this.in = in;
    this.mostBytes = mostBytes;
    try {
      Read first = read();
      if (first == null) {
        throw new IOException("it is empty");
      }
      schema = IpcSchema.of(first.message().schema());
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  private IOException wrong(IOException e) {
    return new IOException(
        "%s cannot be read as Arrow: %s; write the stream again, or name its format"
            .formatted(name, e.getMessage()),
        e);
  }

  /** Its columns; what blocks cannot hold is {@link io.agrippa.engine.data.Type.Foreign}. */
  public Schema schema() {
    return schema.schema();
  }

  /** The next message with its body; null at the end. */
  private Read read() throws IOException {
    byte[] four = in.readNBytes(Integer.BYTES);
    if (Arrays.equals(four, MAGIC)) {
      in.skipNBytes(Integer.BYTES); // the head of the file kind; then comes a stream
      four = in.readNBytes(Integer.BYTES);
    }
    if (four.length == 0) {
      return null;
    }
    int length = integer(four);
    int head = Integer.BYTES;
    if (IpcMessage.isContinuation(length)) {
      length = integer(in.readNBytes(Integer.BYTES));
      head += Integer.BYTES;
    }
    if (length == 0) {
      return null;
    }
    IpcMessage.requireLength(length);
    byte[] metadata = in.readNBytes(length);
    if (metadata.length < length) {
      throw new EOFException("it is cut off within a message");
    }
    IpcMessage message = IpcMessage.of(metadata, head);
    long body = message.bodyLength();
    if (body > mostBytes) {
      throw new IOException(
          "it holds a batch of %,d bytes, but at most %,d are read of a stream at once; save it to a file, or write smaller batches"
              .formatted(body, mostBytes));
    }
    byte[] bytes = in.readNBytes((int) body);
    if (bytes.length < body) {
      throw new EOFException("it is cut off within a batch");
    }
    return new Read(message, bytes);
  }

  private static int integer(byte[] bytes) throws IOException {
    if (bytes.length < Integer.BYTES) {
      throw new EOFException("it is cut off within a message");
    }
    return IpcMessage.integer(bytes);
  }

  /**
   * The next batch; null behind the last one.
   *
   * @throws IOException if the stream fails or is damaged
   */
  public StreamBatch next() throws IOException {
    try {
      for (Read read = ended ? null : read(); read != null; read = read()) {
        if (read.message().kind() == MessageHeader.RecordBatch) {
          Map<Long, DecodedTexts> texts = dictionaries;
          BatchBody body = body(read, read.message().batch());
          long rows = IpcMessage.checked(read.message().batch()::length);
          long bytes = body.size();
          if (rows < 0) {
            throw new IOException("it holds a batch of " + rows + " rows");
          }
          return new StreamBatch(
              "%s: batch %d".formatted(name, batches++), body, bytes, rows, texts);
        }
        if (read.message().kind() != MessageHeader.DictionaryBatch) {
          throw new IOException("it holds a message of kind " + read.message().kind());
        }
        add(read);
      }
      ended = true;
      return null;
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  private BatchBody body(Read read, RecordBatch batch) {
    Region stored = new Region.OfBytes(read.body(), 0, read.body().length);
    return new BatchBody(batch, stored, 0, new Inflated(mostBytes));
  }

  private void add(Read read) throws IOException {
    DictionaryBatch batch = read.message().dictionary();
    long id = IpcMessage.checked(batch::id);
    ArrowColumn column = schema.ofDictionary(id);
    if (column == null || column.type() != Type.Scalar.STRING) {
      return; // of values within a nested column, which is not read
    }
    String[] entries = schema.entries(column, body(read, IpcMessage.checked(batch::data)));
    List<String[]> all = new ArrayList<>();
    if (IpcMessage.checked(batch::isDelta)) {
      all.addAll(pieces.getOrDefault(id, List.of()));
    }
    all.add(entries);
    pieces.put(id, all);
    Map<Long, DecodedTexts> more = new HashMap<>(dictionaries);
    more.put(id, DecodedTexts.of(all));
    dictionaries = more;
  }

  /** Reads rows of batches that were read. */
  public Rows rows(List<Integer> columns, List<TextCodes> codes) {
    return new Rows(columns, codes);
  }

  /** A batch on the heap. Immutable. */
  public static final class StreamBatch {
    private final String place;
    private final BatchBody body;
    private final long bytes;
    private final long rows;
    private final Map<Long, DecodedTexts> dictionaries;

    private StreamBatch(
        String place, BatchBody body, long bytes, long rows, Map<Long, DecodedTexts> dictionaries) {
      this.place = place;
      this.body = body;
      this.bytes = bytes;
      this.rows = rows;
      this.dictionaries = dictionaries;
    }

    /** Number of rows. */
    public long rows() {
      return rows;
    }

    /** Bytes that it holds when all of it is decompressed. */
    public long bytes() {
      return bytes;
    }
  }

  /** Reads rows. For one thread at a time. */
  public final class Rows {
    private final List<Integer> columns;
    private final BlockBuilder blocks;
    private StreamBatch batch;
    private List<ColumnDecoder.Buffers> buffers;

    private Rows(List<Integer> columns, List<TextCodes> codes) {
      this.columns = List.copyOf(columns);
      this.blocks = new BlockBuilder(schema, columns, codes);
    }

    /**
     * Some rows of a batch.
     *
     * @param from the first row within it
     * @param count at most {@link Block#MAX_ROWS}
     * @throws IOException if they cannot be read; the message names stream, batch and column
     */
    public Block read(StreamBatch of, long from, int count) throws IOException {
      if (of != batch) {
        try {
          buffers = schema.buffers(of.body, columns, of.dictionaries::get);
        } catch (IOException e) {
          throw new IOException(of.place + ": " + e.getMessage(), e);
        }
        batch = of;
      }
      return blocks.block(of.place, buffers, from, count);
    }
  }
}
