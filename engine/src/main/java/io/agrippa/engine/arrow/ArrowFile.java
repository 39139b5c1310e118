package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * A file in Arrow's IPC format, of the file or the stream kind, whose batches were found. Rows are
 * read in place, a block at a time, onto the heap: no part of a batch is loaded that is not asked
 * for, none of Arrow's memory is used, and no option of the Java virtual machine is needed. Of
 * compressed batches, the columns that are asked for are decompressed whole, and kept on the heap
 * as long as an eighth of it has room. Holds no open file. Safe for use by many threads.
 */
public final class ArrowFile {
  private static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = Integer.BYTES + 6; // length of the footer, magic
  private static final int HEAD = 8; // magic, padded
  private static final int DICTIONARIES_KEPT = 64;

  private final Path path;
  private final long bytes;
  private final IpcSchema schema;
  private final List<Place> batches = new ArrayList<>();
  private final List<DictionaryPlace> dictionaries = new ArrayList<>();
  private final Inflated inflated = new Inflated(Runtime.getRuntime().maxMemory() / 8);
  private final Map<DictionaryKey, DecodedTexts> decoded =
      new LinkedHashMap<>(16, 0.75f, true) { // guarded by this
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<DictionaryKey, DecodedTexts> eldest) {
          return size() > DICTIONARIES_KEPT;
        }
      };

  /**
   * Where a batch stands.
   *
   * @param dictionaries how many dictionary batches hold for it, from the first
   */
  private record Place(long position, long rows, int dictionaries) {}

  private record DictionaryPlace(long position, long id, boolean delta) {}

  /** A dictionary with what was added to it up to a message. */
  private record DictionaryKey(long id, int last) {}

  private ArrowFile(Path path, Region all) throws IOException {
    this.path = path;
    this.bytes = all.length();
    byte[] head = new byte[(int) Math.min(HEAD, bytes)];
    all.read(0, head, head.length);
    if (head.length == HEAD && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      schema = indexFile(all);
    } else {
      schema = indexStream(all);
    }
  }

  /**
   * Finds the batches of a file.
   *
   * @throws IOException if it cannot be read, or is not Arrow
   */
  public static ArrowFile open(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      Region all = new Region.OfFile(channel, 0, channel.size());
      try {
        return new ArrowFile(path, all);
      } catch (IOException e) {
        throw new IOException(
            "%s cannot be read as Arrow: %s; get the file again, or name its format"
                .formatted(path, e.getMessage()),
            e);
      }
    }
  }

  private IpcSchema indexFile(Region all) throws IOException {
    byte[] tail = new byte[TAIL];
    if (bytes < HEAD + TAIL) {
      throw new IOException("it is cut off");
    }
    all.read(bytes - TAIL, tail, TAIL);
    int length = IpcMessage.integer(tail);
    if (!Arrays.equals(tail, Integer.BYTES, TAIL, MAGIC, 0, MAGIC.length)
        || length <= 0
        || length > bytes - HEAD - TAIL) {
      throw new IOException("it is cut off: it does not end with a footer");
    }
    byte[] footerBytes = new byte[length];
    all.read(bytes - TAIL - length, footerBytes, length);
    Footer footer = IpcMessage.checked(() -> Footer.getRootAsFooter(ByteBuffer.wrap(footerBytes)));
    IpcSchema found = IpcSchema.of(IpcMessage.schema(IpcMessage.checked(footer::schema)));
    int dictionaryCount = IpcMessage.checked(footer::dictionariesLength);
    for (int i = 0; i < dictionaryCount; i++) {
      int number = i;
      addDictionary(all, IpcMessage.checked(() -> footer.dictionaries(number).offset()));
    }
    int batchCount = IpcMessage.checked(footer::recordBatchesLength);
    for (int i = 0; i < batchCount; i++) {
      int number = i;
      addBatch(all, IpcMessage.checked(() -> footer.recordBatches(number).offset()));
    }
    return found;
  }

  private IpcSchema indexStream(Region all) throws IOException {
    IpcMessage first = IpcMessage.read(all, 0);
    if (first == null) {
      throw new IOException("it is empty");
    }
    IpcSchema found = IpcSchema.of(first.schema());
    long position = first.prefix();
    for (IpcMessage message = IpcMessage.read(all, position);
        message != null;
        message = IpcMessage.read(all, position)) {
      if (message.kind() == MessageHeader.DictionaryBatch) {
        addDictionary(all, position);
      } else {
        addBatch(all, position);
      }
      position += message.prefix() + message.bodyLength();
    }
    return found;
  }

  private void addDictionary(Region all, long position) throws IOException {
    IpcMessage message = message(all, position, MessageHeader.DictionaryBatch);
    DictionaryBatch batch = message.dictionary();
    dictionaries.add(
        new DictionaryPlace(
            position, IpcMessage.checked(batch::id), IpcMessage.checked(batch::isDelta)));
  }

  private void addBatch(Region all, long position) throws IOException {
    IpcMessage message = message(all, position, MessageHeader.RecordBatch);
    long rows = IpcMessage.checked(message.batch()::length);
    if (rows < 0) {
      throw new IOException("batch " + batches.size() + " has " + rows + " rows");
    }
    BufferCodec.of(message.batch()); // fails where it is not known
    batches.add(new Place(position, rows, dictionaries.size()));
  }

  private static IpcMessage message(Region all, long position, byte kind) throws IOException {
    IpcMessage message = position < 0 ? null : IpcMessage.read(all, position);
    if (message == null || message.kind() != kind) {
      throw new IOException(
          "at byte %,d there is no %s"
              .formatted(
                  position, kind == MessageHeader.RecordBatch ? "batch of rows" : "dictionary"));
    }
    if (message.bodyLength() > all.length() - position - message.prefix()) {
      throw new IOException("it is cut off within the message at byte %,d".formatted(position));
    }
    return message;
  }

  /** Where it lies. */
  public Path path() {
    return path;
  }

  /** Its size. */
  public long bytes() {
    return bytes;
  }

  /** Its columns; what blocks cannot hold is {@link io.agrippa.engine.data.Type.Foreign}. */
  public Schema schema() {
    return schema.schema();
  }

  /** Rows of each batch. */
  public List<Long> batchRows() {
    return batches.stream().map(Place::rows).toList();
  }

  private synchronized DecodedTexts dictionary(Region all, long id, int before) throws IOException {
    List<Integer> parts = new ArrayList<>();
    for (int i = 0; i < before; i++) {
      if (dictionaries.get(i).id() == id) {
        if (!dictionaries.get(i).delta()) {
          parts.clear();
        }
        parts.add(i);
      }
    }
    if (parts.isEmpty()) {
      return null;
    }
    DictionaryKey key = new DictionaryKey(id, parts.get(parts.size() - 1));
    DecodedTexts known = decoded.get(key);
    if (known == null) {
      ArrowColumn column = schema.ofDictionary(id);
      List<String[]> pieces = new ArrayList<>();
      for (int part : parts) {
        long position = dictionaries.get(part).position();
        IpcMessage message = message(all, position, MessageHeader.DictionaryBatch);
        DictionaryBatch batch = message.dictionary();
        BatchBody body = body(all, position, message, IpcMessage.checked(batch::data));
        pieces.add(schema.entries(column, body));
      }
      known = DecodedTexts.of(pieces);
      decoded.put(key, known);
    }
    return known;
  }

  private BatchBody body(Region all, long position, IpcMessage message, RecordBatch batch)
      throws IOException {
    long from = position + message.prefix();
    return new BatchBody(batch, all.slice(from, message.bodyLength()), from, inflated);
  }

  /**
   * Opens the file for reading columns.
   *
   * @param columns their positions; none may be foreign
   * @param codes for each of them, what gives codes to texts that come without a dictionary
   * @return to be closed by the caller
   */
  public Rows rows(List<Integer> columns, List<TextCodes> codes) throws IOException {
    return new Rows(columns, codes);
  }

  /** Reads rows out of the open file. For one thread at a time. */
  public final class Rows implements Closeable {
    private final List<Integer> columns;
    private final FileChannel channel;
    private final Region all;
    private final BlockBuilder blocks;
    private int batch = -1;
    private List<ColumnDecoder.Buffers> buffers;

    private Rows(List<Integer> columns, List<TextCodes> codes) throws IOException {
      this.columns = List.copyOf(columns);
      blocks = new BlockBuilder(schema, columns, codes);
      channel = FileChannel.open(path);
      all = new Region.OfFile(channel, 0, channel.size());
    }

    /**
     * Some rows of a batch.
     *
     * @param number of the batch, from 0
     * @param from the first row within it
     * @param count at most {@link Block#MAX_ROWS}
     * @throws IOException if they cannot be read; the message names file, batch and column
     */
    public Block read(int number, long from, int count) throws IOException {
      String place = "%s: batch %d".formatted(path, number);
      if (number != batch) {
        try {
          long position = batches.get(number).position();
          IpcMessage message = message(all, position, MessageHeader.RecordBatch);
          BatchBody body = body(all, position, message, message.batch());
          int before = batches.get(number).dictionaries();
          buffers = schema.buffers(body, columns, id -> dictionary(all, id, before));
        } catch (IOException e) {
          throw new IOException(place + ": " + e.getMessage(), e);
        }
        batch = number;
      }
      return blocks.block(place, buffers, from, count);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
