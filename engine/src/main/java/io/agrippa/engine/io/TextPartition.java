package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Partition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whole records of a text: its bytes, which were read to find where the records end; or, if those
 * would be many and can be read again, where they stand in the file.
 */
final class TextPartition implements Partition {
  /** Text of plain files that a partition holds itself. */
  private static final int MAX_HELD_OF_FILE = 4 << 20;

  /** Text of streams that a partition holds: no partition of a stream is larger. */
  private static final int MAX_HELD_OF_STREAM = 16 << 20;

  private final TextPlan plan;
  private final List<TextCutter.Chunk> chunks; // empty where the text is read from the file
  private final Path file; // null where the partition holds its text
  private final Path again; // where the text can be read again; null if it cannot
  private final long offset;
  private final long length;
  private final long line;
  private final long record;
  private final int records;
  private final long bytes;
  private final int number; // of the file in the dataset

  private TextPartition(Builder builder, long bytes) {
    plan = builder.plan;
    number = builder.number;
    chunks = builder.isHeld() ? builder.chunks : List.of();
    file = builder.isHeld() ? null : builder.file;
    again = builder.file;
    offset = builder.offset;
    length = builder.bytes;
    line = builder.line;
    record = builder.record;
    records = builder.records;
    this.bytes = bytes;
  }

  /** The same, to be read from the file. */
  private TextPartition(TextPartition held) {
    plan = held.plan;
    chunks = List.of();
    file = held.again;
    again = held.again;
    offset = held.offset;
    length = held.length;
    line = held.line;
    record = held.record;
    records = held.records;
    bytes = held.bytes;
    number = held.number;
  }

  /**
   * The partition at an address in a plain file.
   *
   * @param number position of the file in the dataset
   */
  private TextPartition(TextPlan plan, Path file, int number, DataInputStream in)
      throws IOException {
    this.plan = plan;
    this.number = number;
    this.file = file;
    chunks = List.of();
    again = file;
    offset = in.readLong();
    length = in.readLong();
    line = in.readLong();
    record = in.readLong();
    records = in.readInt();
    bytes = length;
    if (offset < 0 || length < 0 || Files.size(file) - offset < length) {
      throw new IOException(file + " has changed since the job began: it is shorter; run it again");
    }
  }

  @Override
  public Optional<byte[]> address() {
    if (again == null) {
      return Optional.empty();
    }
    ByteArrayOutputStream address = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(address)) {
      out.writeInt(number);
      out.writeLong(offset);
      out.writeLong(length);
      out.writeLong(line);
      out.writeLong(record);
      out.writeInt(records);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return Optional.of(address.toByteArray());
  }

  /** The position in the dataset of the file that an address is in. */
  static int fileAt(byte[] address) throws IOException {
    return new DataInputStream(new ByteArrayInputStream(address)).readInt();
  }

  /** The partition at an address. */
  static TextPartition at(byte[] address, TextPlan plan, Path file) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(address));
    return new TextPartition(plan, file, in.readInt(), in);
  }

  /** Collects chunks. */
  static final class Builder {
    private final TextPlan plan;
    private final int number;
    private final Path file; // null where the text cannot be read again
    private List<TextCutter.Chunk> chunks = new ArrayList<>();
    private long offset;
    private long line;
    private long record;
    private int records;
    private long bytes;

    Builder(TextPlan plan, int number, TextInput input, TextCompression compression) {
      this.plan = plan;
      this.number = number;
      file =
          input instanceof TextInput.File f
                  && compression == TextCompression.NONE
                  && Files.isRegularFile(f.path())
              ? f.path()
              : null;
    }

    void add(TextCutter.Chunk chunk) {
      if (records == 0) {
        offset = chunk.offset();
        line = chunk.line();
        record = chunk.record();
      }
      records += chunk.records();
      bytes += chunk.length();
      if (isHeld()) {
        chunks.add(chunk);
      } else {
        chunks = List.of();
      }
    }

    private boolean isHeld() {
      return file == null || bytes <= MAX_HELD_OF_FILE;
    }

    long bytes() {
      return bytes;
    }

    int records() {
      return records;
    }

    boolean hasRoom() {
      return (file != null || bytes < MAX_HELD_OF_STREAM) && records < Integer.MAX_VALUE / 2;
    }

    /**
     * The partition, or null where nothing was added.
     *
     * @param input bytes of input, compressed if it is, that were read for it
     */
    TextPartition build(long input) {
      return records == 0 ? null : new TextPartition(this, input);
    }
  }

  /** Position of the text in the uncompressed file. */
  long offset() {
    return offset;
  }

  /** Number of the first line in the file, from 1. */
  long line() {
    return line;
  }

  /** Number of the first record in the file behind the header, from 1. */
  long record() {
    return record;
  }

  /** Number of records. */
  int records() {
    return records;
  }

  @Override
  public String origin() {
    return plan.file();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long heldBytes() {
    return file == null ? length : 0;
  }

  @Override
  public TextPartition released() {
    return again == null ? this : new TextPartition(this);
  }

  @Override
  public BlockReader open() throws IOException {
    return plan.open(this, text());
  }

  private InputStream text() throws IOException {
    if (file == null) {
      List<InputStream> pieces = new ArrayList<>();
      for (TextCutter.Chunk chunk : chunks) {
        pieces.add(new ByteArrayInputStream(chunk.bytes(), chunk.from(), chunk.length()));
      }
      return new SequenceInputStream(Collections.enumeration(pieces));
    }
    InputStream in = Files.newInputStream(file);
    try {
      in.skipNBytes(offset);
    } catch (IOException e) {
      in.close();
      throw e;
    }
    return new Limited(in, length);
  }

  /** The first bytes of a stream. */
  private static final class Limited extends FilterInputStream {
    private long left;

    Limited(InputStream in, long length) {
      super(in);
      left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }
  }
}
