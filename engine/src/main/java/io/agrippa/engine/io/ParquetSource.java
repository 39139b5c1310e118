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
  private static final class Cut extends GroupedPartitions {
    private final List<ParquetFile> files;
    private final List<SharedDictionary> strings;
    private final List<DictionaryCache> dictionaries;
    private final HeapBudget budget = new HeapBudget();
    private int planned = -1; // the file of the plan
    private ParquetPlan plan;

    Cut(List<ParquetFile> files, Schema schema, Partitioning partitioning) {
      super(schema, files.stream().map(Cut::grouped).toList(), partitioning, NATURAL_ROWS);
      this.files = files;
      strings = schema.fields().stream().map(f -> new SharedDictionary()).toList();
      dictionaries = schema.fields().stream().map(f -> new DictionaryCache()).toList();
    }

    private static Grouped grouped(ParquetFile file) {
      return new Grouped(
          file.path(),
          file.bytes(),
          file.rowGroups().stream().map(group -> group.getNum_rows()).toList());
    }

    @Override
    Partition partition(int number, List<RowSpan> spans, long bytes) {
      if (number != planned) {
        plan = ParquetPlan.of(files.get(number), schema(), strings, dictionaries, budget);
        planned = number;
      }
      return new ParquetPartition(number, plan, spans, bytes);
    }
  }
}
