package io.agrippa.engine.io;

import io.agrippa.engine.arrow.ArrowFile;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Files in Arrow's IPC format, of the file or the stream kind. Rows are read in place. */
final class ArrowSource implements BlockSource {
  /** Rows of a natural partition: batches are often small, and sometimes a file is one. */
  private static final long NATURAL_ROWS = 1 << 14;

  private final String name;
  private final List<Path> paths;
  private List<ArrowFile> files; // read when first asked for

  /**
   * A source.
   *
   * @throws IOException if the library is not on the class path
   */
  ArrowSource(String name, List<Path> paths) throws IOException {
    this.name = name;
    this.paths = List.copyOf(paths);
    Libraries.require("org.apache.arrow.vector.TypeLayout", "arrow-vector", name);
  }

  @Override
  public String name() {
    return name;
  }

  private synchronized List<ArrowFile> files() throws IOException {
    if (files == null) {
      List<ArrowFile> opened = new ArrayList<>();
      for (Path path : paths) {
        opened.add(ArrowFile.open(path));
      }
      files = List.copyOf(opened);
    }
    return files;
  }

  @Override
  public Schema schema() throws IOException {
    return files().get(0).schema();
  }

  @Override
  public OptionalLong rows() throws IOException {
    return OptionalLong.of(
        files().stream()
            .flatMap(file -> file.batchRows().stream())
            .mapToLong(Long::longValue)
            .sum());
  }

  @Override
  public OptionalLong bytes() throws IOException {
    return OptionalLong.of(files().stream().mapToLong(ArrowFile::bytes).sum());
  }

  @Override
  public Partitions read(List<Field> wanted, Partitioning partitioning) throws IOException {
    List<ArrowFile> all = files();
    List<List<Integer>> columns = new ArrayList<>();
    Schema schema = null;
    for (ArrowFile file : all) {
      List<Integer> positions = positions(file.path().toString(), file.schema(), wanted);
      Schema found = new Schema(positions.stream().map(file.schema()::field).toList());
      if (schema == null) {
        schema = found;
      }
      for (int i = 0; i < found.size(); i++) {
        if (!found.field(i).equals(schema.field(i))) {
          throw new IOException(
              "%s: column \"%s\" is a %s, but in %s it is a %s; bring the files to one type"
                  .formatted(
                      file.path(),
                      found.field(i).name(),
                      TypeText.of(found.field(i).type()),
                      all.get(0).path(),
                      TypeText.of(schema.field(i).type())));
        }
      }
      columns.add(positions);
    }
    return new Cut(
        all,
        columns,
        schema,
        partitioning instanceof Partitioning.Natural
            ? new Partitioning.Rows(NATURAL_ROWS)
            : partitioning);
  }

  /** The columns of these names. */
  static List<Integer> positions(String place, Schema columns, List<Field> wanted)
      throws IOException {
    List<Integer> positions = new ArrayList<>();
    for (Field field : wanted) {
      int position = columns.indexOf(field.name());
      if (position < 0) {
        throw new IOException(
            "%s has no column \"%s\"; its columns are %s"
                .formatted(place, field.name(), Names.list(columns.names())));
      }
      if (columns.field(position).type() instanceof Type.Foreign foreign) {
        throw new IOException(
            "%s: column \"%s\" holds %s, which cannot be read; leave it out, or flatten it first"
                .formatted(place, field.name(), foreign.description()));
      }
      positions.add(position);
    }
    return positions;
  }

  /** Goes through the files and their batches. */
  private static final class Cut extends GroupedPartitions {
    private final List<ArrowFile> files;
    private final List<List<Integer>> columns;
    private final List<SharedDictionary> texts;

    Cut(
        List<ArrowFile> files,
        List<List<Integer>> columns,
        Schema schema,
        Partitioning partitioning) {
      super(
          schema,
          files.stream()
              .map(file -> new Grouped(file.path(), file.bytes(), file.batchRows()))
              .toList(),
          partitioning,
          NATURAL_ROWS);
      this.files = files;
      this.columns = columns;
      texts = schema.fields().stream().map(f -> new SharedDictionary()).toList();
    }

    @Override
    Partition partition(int number, List<RowSpan> spans, long bytes) {
      return new Rows(number, files.get(number), columns.get(number), texts, spans, bytes);
    }
  }

  /** Some consecutive rows of a file. */
  private record Rows(
      int number,
      ArrowFile file,
      List<Integer> columns,
      List<SharedDictionary> texts,
      List<RowSpan> spans,
      long bytes)
      implements Partition {
    @Override
    public String origin() {
      return file.path().toString();
    }

    @Override
    public Optional<byte[]> address() {
      return Optional.of(RowSpan.address(number, spans));
    }

    @Override
    public BlockReader open() throws IOException {
      return new Reader(file.rows(columns, List.copyOf(texts)), spans);
    }
  }

  /** Reads spans one after the other. */
  private static final class Reader implements BlockReader {
    private final ArrowFile.Rows rows;
    private final List<RowSpan> spans;
    private int span;
    private long done; // rows of the span

    Reader(ArrowFile.Rows rows, List<RowSpan> spans) {
      this.rows = rows;
      this.spans = spans;
    }

    @Override
    public Block next() throws IOException {
      if (span < spans.size() && done == spans.get(span).rows()) {
        span++;
        done = 0;
      }
      if (span == spans.size()) {
        return null;
      }
      RowSpan at = spans.get(span);
      int count = (int) Math.min(Block.MAX_ROWS, at.rows() - done);
      Block block = rows.read(at.group(), at.from() + done, count);
      done += count;
      return block;
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }
}
