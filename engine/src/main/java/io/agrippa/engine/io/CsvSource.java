package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** CSV files, or one stream of CSV. */
final class CsvSource implements BlockSource {
  /** Text of a natural partition. */
  private static final int NATURAL = 1 << 20;

  private final String name;
  private final List<TextInput> inputs;
  private final CsvOptions options;

  // A stream is opened once, for its schema or for its rows, whichever comes first.
  private CsvText stream;
  private boolean streamRead;

  CsvSource(String name, List<? extends TextInput> inputs, CsvOptions options) {
    this.name = name;
    this.inputs = List.copyOf(inputs);
    this.options = options;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Schema schema() throws IOException {
    List<String> columns;
    if (inputs.get(0) instanceof TextInput.Stream) {
      columns = stream().columns();
    } else {
      try (CsvText text = CsvText.open(inputs.get(0), options)) {
        columns = text.columns();
      }
    }
    for (String typed : options.types().keySet()) {
      if (!columns.contains(typed)) {
        throw new IOException(
            "%s has no column \"%s\", for which a type was given; its columns are %s"
                .formatted(inputs.get(0).name(), typed, Names.list(columns)));
      }
    }
    List<Field> fields = new ArrayList<>();
    for (String column : columns) {
      fields.add(new Field(column, options.types().getOrDefault(column, Type.Scalar.STRING)));
    }
    return new Schema(fields);
  }

  private synchronized CsvText stream() throws IOException {
    if (stream == null) {
      stream = CsvText.open(inputs.get(0), options);
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
    try (CsvText text = CsvText.open(input, options)) {
      return text.isCompressed();
    }
  }

  @Override
  public Partitions read(List<Field> wanted, Partitioning partitioning) throws IOException {
    return new Cut(new Schema(wanted), partitioning);
  }

  private synchronized CsvText takeStream() throws IOException {
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
    private final MissingTokens missing = new MissingTokens(options.missing());
    private final List<SharedDictionary> dictionaries;
    private final OptionalLong all;
    private long given; // bytes of the partitions so far
    private int next;
    private CsvText text;
    private CsvPlan plan;
    private int plannedNumber = -1; // file of the last address
    private CsvPlan planned;

    Cut(Schema schema, Partitioning partitioning) throws IOException {
      this.schema = schema;
      if (partitioning instanceof Partitioning.Rows rows) {
        bytes = Long.MAX_VALUE;
        records = rows.rows();
      } else {
        bytes = partitioning instanceof Partitioning.Bytes size ? size.bytes() : NATURAL;
        records = Long.MAX_VALUE;
      }
      all = CsvSource.this.bytes();
      dictionaries = schema.fields().stream().map(f -> new SharedDictionary()).toList();
      checkAllFiles();
      openNext();
    }

    /** A job should not fail at its last file because of a column that is not there. */
    private void checkAllFiles() throws IOException {
      for (TextInput input : inputs.subList(1, inputs.size())) {
        try (CsvText other = CsvText.open(input, options)) {
          plan(other);
        }
      }
    }

    private boolean openNext() throws IOException {
      if (next == inputs.size()) {
        return false;
      }
      TextInput input = inputs.get(next++);
      text = input instanceof TextInput.Stream ? takeStream() : CsvText.open(input, options);
      try {
        plan = plan(text);
      } catch (IOException e) {
        close();
        throw e;
      }
      return true;
    }

    private CsvPlan plan(CsvText opened) throws IOException {
      return CsvPlan.of(
          opened.name(), opened.delimiter(), opened.columns(), schema, missing, dictionaries);
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
      int number = CsvPartition.fileAt(address);
      if (number < 0
          || number >= inputs.size()
          || !(inputs.get(number) instanceof TextInput.File file)) {
        throw new IOException(name + " has changed since the job began; run it again");
      }
      if (number != plannedNumber) {
        try (CsvText opened = CsvText.open(file, options)) {
          planned = plan(opened);
        }
        plannedNumber = number;
      }
      return CsvPartition.at(address, planned, file.path());
    }

    @Override
    public void close() throws IOException {
      if (text != null) {
        CsvText finished = text;
        text = null;
        finished.close();
      }
    }
  }
}
