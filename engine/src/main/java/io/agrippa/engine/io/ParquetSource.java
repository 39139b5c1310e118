package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Parquet files. */
final class ParquetSource implements BlockSource {
  /**
   * Rows of a natural partition, at most: a larger row group is cut into equal parts, so that a
   * file of few large ones still feeds many threads. Rows in front of a part are stepped over page
   * by page.
   */
  private static final long NATURAL_ROWS = 1 << 17;

  private final String name;
  private final List<Path> paths;
  private List<ParquetFile> files; // read when first asked for

  ParquetSource(String name, List<Path> paths) {
    this.name = name;
    this.paths = List.copyOf(paths);
  }

  @Override
  public String name() {
    return name;
  }

  private synchronized List<ParquetFile> files() throws IOException {
    if (files == null) {
      List<ParquetFile> opened = new ArrayList<>();
      for (Path path : paths) {
        opened.add(ParquetFile.open(path));
      }
      files = List.copyOf(opened);
    }
    return files;
  }

  @Override
  public Schema schema() throws IOException {
    return new Schema(
        files().get(0).columns().stream().map(c -> new Field(c.name(), c.type())).toList());
  }

  @Override
  public OptionalLong rows() throws IOException {
    return OptionalLong.of(files().stream().mapToLong(ParquetFile::rows).sum());
  }

  @Override
  public OptionalLong bytes() throws IOException {
    return OptionalLong.of(files().stream().mapToLong(ParquetFile::bytes).sum());
  }

  @Override
  public Partitions read(List<Field> wanted, Partitioning partitioning) throws IOException {
    List<ParquetFile> all = files();
    Schema schema = ParquetPlan.schema(all.get(0), wanted);
    for (ParquetFile file : all.subList(1, all.size())) {
      Schema other = ParquetPlan.schema(file, wanted);
      for (int i = 0; i < schema.size(); i++) {
        if (!other.field(i).equals(schema.field(i))) {
          throw new IOException(
              "%s: column \"%s\" is a %s, but in %s it is a %s; bring the files to one type"
                  .formatted(
                      file.path(),
                      schema.field(i).name(),
                      other.field(i).type(),
                      all.get(0).path(),
                      schema.field(i).type()));
        }
      }
    }
    return new Cut(all, schema, partitioning);
  }

  /** Goes through the files and their row groups. */
  private static final class Cut implements Partitions {
    private final List<ParquetFile> files;
    private final Schema schema;
    private final Partitioning partitioning;
    private final List<SharedDictionary> strings;
    private final List<DictionaryCache> dictionaries;
    private final HeapBudget budget = new HeapBudget();
    private final long all;
    private long given; // bytes of the partitions so far
    private int nextFile;
    private ParquetPlan plan;
    private int plannedFile = -1; // of the last address
    private ParquetPlan planAt;
    private long fileRows;
    private int rowGroup;
    private long row; // within the row group

    Cut(List<ParquetFile> files, Schema schema, Partitioning partitioning) {
      this.files = files;
      this.schema = schema;
      this.partitioning = partitioning;
      all = files.stream().mapToLong(ParquetFile::bytes).sum();
      strings = schema.fields().stream().map(f -> new SharedDictionary()).toList();
      dictionaries = schema.fields().stream().map(f -> new DictionaryCache()).toList();
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Partition next() {
      while (plan != null || nextFile < files.size()) {
        if (plan == null) {
          plan = ParquetPlan.of(files.get(nextFile++), schema, strings, dictionaries, budget);
          fileRows = plan.file().rows();
          rowGroup = 0;
          row = 0;
        }
        List<ParquetPartition.Span> spans = cut();
        if (!spans.isEmpty()) {
          long share = share(spans);
          given += share;
          return new ParquetPartition(nextFile - 1, plan, spans, share);
        }
        plan = null;
      }
      return null;
    }

    /** The next spans of the current file; empty at its end. */
    private List<ParquetPartition.Span> cut() {
      ParquetFile file = plan.file();
      List<ParquetPartition.Span> spans = new ArrayList<>();
      long wanted = Long.MAX_VALUE;
      while (wanted > 0 && rowGroup < file.rowGroups().size()) {
        long size = file.rowGroups().get(rowGroup).getNum_rows();
        if (row == size) {
          rowGroup++;
          row = 0;
          if (!spans.isEmpty() && partitioning instanceof Partitioning.Natural) {
            break;
          }
          continue;
        }
        if (spans.isEmpty()) {
          wanted = rowsOfPartition(file, size);
        }
        long rows = Math.min(wanted, size - row);
        spans.add(new ParquetPartition.Span(rowGroup, row, rows));
        row += rows;
        wanted -= rows;
      }
      return spans;
    }

    private long rowsOfPartition(ParquetFile file, long rowGroupRows) {
      if (partitioning instanceof Partitioning.Rows rows) {
        return rows.rows();
      } else if (partitioning instanceof Partitioning.Bytes bytes) {
        return Math.max(1, (long) ((double) bytes.bytes() * fileRows / file.bytes()));
      }
      long parts = ceilDiv(rowGroupRows, NATURAL_ROWS);
      return ceilDiv(rowGroupRows, parts);
    }

    private static long ceilDiv(long dividend, long divisor) {
      return (dividend + divisor - 1) / divisor; // Math.ceilDiv needs Java 18
    }

    /** The rows' share of the file's bytes. */
    private long share(List<ParquetPartition.Span> spans) {
      long rows = spans.stream().mapToLong(ParquetPartition.Span::rows).sum();
      return (long) ((double) plan.file().bytes() * rows / fileRows);
    }

    @Override
    public OptionalLong bytesLeft() {
      return OptionalLong.of(all - given);
    }

    @Override
    public Partition at(byte[] address) throws IOException {
      int file = ParquetPartition.fileAt(address);
      if (file < 0 || file >= files.size()) {
        throw new IOException("the dataset has changed since the job began; run it again");
      }
      if (file != plannedFile) {
        planAt = ParquetPlan.of(files.get(file), schema, strings, dictionaries, budget);
        plannedFile = file;
      }
      List<ParquetPartition.Span> spans = ParquetPartition.spansAt(address, planAt.file());
      return new ParquetPartition(file, planAt, spans, 0);
    }

    @Override
    public void close() {}
  }
}
