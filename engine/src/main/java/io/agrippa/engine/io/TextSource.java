package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/** Files of text, or one stream of it. */
abstract sealed class TextSource implements BlockSource permits CsvSource, JsonLinesSource {
  /** Text of a natural partition. */
  private static final int NATURAL = 1 << 20;

  private final String name;
  private final List<TextInput> inputs;

  // A stream is opened once, for its schema or for its rows, whichever comes first.
  private CutText stream;
  private boolean streamRead;

  TextSource(String name, List<? extends TextInput> inputs) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
  }

  /** Opens a text, to be closed by the caller. */
  abstract CutText open(TextInput input) throws IOException;

  /**
   * How a text that was opened is read.
   *
   * @throws IOException if a wanted column cannot be had from it; the message names both
   */
  abstract TextPlan plan(CutText text, Schema wanted, List<SharedDictionary> dictionaries)
      throws IOException;

  /** Whether a file says which columns it has, so that it may lack one. */
  abstract boolean everyFileHasItsColumns();

  /** The inputs in the order in which they are read. */
  final List<TextInput> inputs() {
    return inputs;
  }

  @Override
  public String name() {
    return name;
  }

  /** What to look for. */
  interface Look<T> {
    T at(CutText text) throws IOException;
  }

  /** Looks at an opened input: a stream that was opened, or a file that is opened for it. */
  final <T> T look(TextInput input, Look<T> look) throws IOException {
    if (input instanceof TextInput.Stream) {
      return look.at(stream());
    }
    try (CutText text = open(input)) {
      return look.at(text);
    }
  }

  private synchronized CutText stream() throws IOException {
    if (stream == null) {
      stream = open(inputs.get(0));
    }
    return stream;
  }

  @Override
  public OptionalLong rows() {
    return OptionalLong.empty();
  }

  @Override
  public OptionalLong bytes() throws IOException {
    long sum = 0;
    for (TextInput input : inputs) {
      OptionalLong bytes = input.bytes();
      if (bytes.isEmpty()) {
        return bytes;
      }
      sum += bytes.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  @Override
  public OptionalLong plainBytes() throws IOException {
    for (TextInput input : inputs) {
      if (input instanceof TextInput.Stream || isCompressed(input)) {
        return OptionalLong.empty();
      }
    }
    return bytes();
  }

  private boolean isCompressed(TextInput input) throws IOException {
    try (CutText text = open(input)) {
      return text.isCompressed();
    }
  }

  @Override
  public Partitions read(List<Field> wanted, Partitioning partitioning) throws IOException {
    return new Cut(new Schema(wanted), partitioning);
  }

  private synchronized CutText takeStream() throws IOException {
    if (streamRead) {
      throw new IOException(name + " can be read only once; save it to a file to read it again");
    }
    streamRead = true;
    return stream();
  }

  /** Goes through the files, one after the other. */
  private final class Cut implements Partitions {
    private final Schema schema;
    private final long bytes;
    private final long records;
    private final List<SharedDictionary> dictionaries;
    private final OptionalLong all;
    private long given; // bytes of the partitions so far
    private int next;
    private CutText text;
    private TextPlan plan;
    private int plannedNumber = -1; // file of the last address
    private TextPlan planned;

    Cut(Schema schema, Partitioning partitioning) throws IOException {
      this.schema = schema;
      if (partitioning instanceof Partitioning.Rows rows) {
        bytes = Long.MAX_VALUE;
        records = rows.rows();
      } else {
        bytes = partitioning instanceof Partitioning.Bytes size ? size.bytes() : NATURAL;
        records = Long.MAX_VALUE;
      }
      all = TextSource.this.bytes();
      dictionaries = schema.fields().stream().map(f -> new SharedDictionary()).toList();
      checkAllFiles();
      openNext();
    }

    /** A job should not fail at its last file because of a column that is not there. */
    private void checkAllFiles() throws IOException {
      if (everyFileHasItsColumns()) {
        for (TextInput input : inputs.subList(1, inputs.size())) {
          try (CutText other = open(input)) {
            plan(other);
          }
        }
      }
    }

    private boolean openNext() throws IOException {
      if (next == inputs.size()) {
        return false;
      }
      TextInput input = inputs.get(next++);
      text = input instanceof TextInput.Stream ? takeStream() : open(input);
      try {
        plan = plan(text);
      } catch (IOException e) {
        close();
        throw e;
      }
      return true;
    }

    private TextPlan plan(CutText opened) throws IOException {
      return TextSource.this.plan(opened, schema, dictionaries);
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Partition next() throws IOException {
      while (text != null || openNext()) {
        Partition partition = text.next(bytes, records, plan, next - 1);
        if (partition != null) {
          given += partition.bytes();
          return partition;
        }
        close();
      }
      return null;
    }

    @Override
    public OptionalLong bytesLeft() {
      return all.isEmpty() ? all : OptionalLong.of(Math.max(0, all.getAsLong() - given));
    }

    @Override
    public Partition at(byte[] address) throws IOException {
      int number = TextPartition.fileAt(address);
      if (number < 0
          || number >= inputs.size()
          || !(inputs.get(number) instanceof TextInput.File file)) {
        throw new IOException(name + " has changed since the job began; run it again");
      }
      if (number != plannedNumber) {
        try (CutText opened = open(file)) {
          planned = plan(opened);
        }
        plannedNumber = number;
      }
      return TextPartition.at(address, planned, file.path());
    }

    @Override
    public void close() throws IOException {
      if (text != null) {
        CutText finished = text;
        text = null;
        finished.close();
      }
    }
  }
}
