package io.agrippa.engine.io;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Files below folders named {@code column=value}: the files' columns, then those of the folders. A
 * column that both have is taken from the folders. Values of folders are texts, and become the
 * wanted type as texts of CSV do; unless they were given a type, theirs in the schema is the
 * narrowest of long, double, date and string that all values have.
 */
final class HiveSource implements BlockSource {
  private final BlockSource files;
  private final HiveFolders folders;
  private final Map<String, Type> types = new HashMap<>();
  private final Map<String, List<String>> valuesByOrigin = new HashMap<>();

  /**
   * A source.
   *
   * @param files the files of the folders; its partitions have the file as their origin
   * @param given types of columns by name, where they are not to be found out
   */
  HiveSource(BlockSource files, HiveFolders folders, Map<String, Type> given) {
    this.files = files;
    this.folders = folders;
    for (int i = 0; i < folders.columns().size(); i++) {
      int column = i;
      types.put(
          folders.columns().get(i),
          Optional.ofNullable(given.get(folders.columns().get(i)))
              .orElseGet(
                  () ->
                      FolderTypes.of(
                          folders.files().values().stream()
                              .map(values -> values.get(column))
                              .toList())));
    }
    folders.files().forEach((file, values) -> valuesByOrigin.put(file.toString(), values));
  }

  @Override
  public String name() {
    return files.name();
  }

  @Override
  public Schema schema() throws IOException {
    List<Field> fields = new ArrayList<>();
    for (Field field : files.schema().fields()) {
      if (!types.containsKey(field.name())) {
        fields.add(field);
      }
    }
    folders.columns().forEach(name -> fields.add(new Field(name, types.get(name))));
    return new Schema(fields);
  }

  @Override
  public OptionalLong rows() throws IOException {
    return files.rows();
  }

  @Override
  public OptionalLong bytes() throws IOException {
    return files.bytes();
  }

  @Override
  public OptionalLong plainBytes() throws IOException {
    return files.plainBytes();
  }

  @Override
  public Partitions read(List<Field> wanted, Partitioning partitioning) throws IOException {
    List<Field> fromFiles =
        wanted.stream().filter(field -> !types.containsKey(field.name())).toList();
    Partitions inner = files.read(fromFiles, partitioning);
    List<Field> fields = new ArrayList<>();
    List<Field> constants = new ArrayList<>();
    int next = 0;
    for (Field field : wanted) {
      if (types.containsKey(field.name())) {
        constants.add(field);
        fields.add(field);
      } else {
        fields.add(inner.schema().field(next++));
      }
    }
    return new Cut(inner, new Schema(fields), new Schema(constants));
  }

  /** The partitions of the files, with the values of their folders. */
  private final class Cut implements Partitions {
    private final Partitions inner;
    private final Schema schema;
    private final Schema constants;
    private final List<SharedDictionary> dictionaries;
    private String madeFor; // origin of the last partition
    private Block made;

    Cut(Partitions inner, Schema schema, Schema constants) {
      this.inner = inner;
      this.schema = schema;
      this.constants = constants;
      dictionaries = constants.fields().stream().map(field -> new SharedDictionary()).toList();
    }

    @Override
    public Schema schema() {
      return schema;
    }

    @Override
    public Partition next() throws IOException {
      Partition partition = inner.next();
      return partition == null ? null : with(partition);
    }

    @Override
    public Partition at(byte[] address) throws IOException {
      return with(inner.at(address));
    }

    private Partition with(Partition partition) throws IOException {
      if (!partition.origin().equals(madeFor)) {
        made = constants(partition.origin());
        madeFor = partition.origin();
      }
      return new InFolder(partition, schema, constants, made);
    }

    /** As many rows of the folders' values as a block may have. */
    private Block constants(String origin) throws IOException {
      List<String> values = valuesByOrigin.get(origin);
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < constants.size(); i++) {
        Field field = constants.field(i);
        String value = values.get(folders.columns().indexOf(field.name()));
        CsvCells cells = CsvCells.of(field.type(), dictionaries.get(i));
        cells.begin(Block.MAX_ROWS);
        char[] text = value == null ? null : value.toCharArray();
        for (int row = 0; row < Block.MAX_ROWS; row++) {
          if (text == null) {
            cells.missing(row);
          } else {
            try {
              cells.text(row, text, 0, text.length);
            } catch (CsvCells.UnreadableText e) {
              throw new IOException(
                  "%s: the folder of column \"%s\": %s"
                      .formatted(origin, field.name(), e.getMessage()),
                  e);
            }
          }
        }
        columns.add(cells.end(Block.MAX_ROWS));
      }
      return new Block(constants, Block.MAX_ROWS, columns);
    }

    @Override
    public OptionalLong bytesLeft() {
      return inner.bytesLeft();
    }

    @Override
    public void close() throws IOException {
      inner.close();
    }
  }

  /**
   * Rows of a file with the values of its folders.
   *
   * @param constants which fields of the schema are the folders'
   * @param values these, for a full block
   */
  private record InFolder(Partition inner, Schema schema, Schema constants, Block values)
      implements Partition {
    @Override
    public String origin() {
      return inner.origin();
    }

    @Override
    public long bytes() {
      return inner.bytes();
    }

    @Override
    public long heldBytes() {
      return inner.heldBytes();
    }

    @Override
    public Partition released() {
      return new InFolder(inner.released(), schema, constants, values);
    }

    @Override
    public Optional<byte[]> address() {
      return inner.address();
    }

    @Override
    public BlockReader open() throws IOException {
      BlockReader reader = inner.open();
      return new BlockReader() {
        @Override
        public Block next() throws IOException {
          Block block = reader.next();
          return block == null ? null : with(block);
        }

        @Override
        public void close() throws IOException {
          reader.close();
        }
      };
    }

    private Block with(Block block) {
      List<Column> ofFolders = values.first(block.rows()).columns();
      List<Column> columns = new ArrayList<>(schema.size());
      int constant = 0;
      int own = 0;
      for (Field field : schema.fields()) {
        boolean isConstant =
            constant < constants.size() && constants.field(constant).name().equals(field.name());
        columns.add(isConstant ? ofFolders.get(constant++) : block.column(own++));
      }
      return new Block(schema, block.rows(), columns);
    }
  }
}
