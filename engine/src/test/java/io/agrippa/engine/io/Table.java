package io.agrippa.engine.io;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A dataset as a list of rows, easy to compare: whole numbers are Longs, reals Doubles, texts
 * Strings, bytes hexadecimal, missing values null, malformed ones {@code ?text}.
 */
record Table(Schema schema, List<List<Object>> rows) {
  private static final HexFormat HEX = HexFormat.of();

  static Table read(BlockSource source) throws IOException {
    return read(source, new Partitioning.Natural());
  }

  static Table read(BlockSource source, Partitioning partitioning) throws IOException {
    return read(source, source.schema().fields(), partitioning);
  }

  static Table read(BlockSource source, List<Field> wanted, Partitioning partitioning)
      throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    try (Partitions partitions = source.read(wanted, partitioning)) {
      for (Partition p = partitions.next(); p != null; p = partitions.next()) {
        rows.addAll(rows(p, partitions.schema()));
      }
      return new Table(partitions.schema(), rows);
    }
  }

  static List<List<Object>> rows(Partition partition, Schema schema) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    try (BlockReader reader = partition.open()) {
      for (Block block = reader.next(); block != null; block = reader.next()) {
        if (block.rows() == 0 || !block.schema().equals(schema)) {
          throw new AssertionError(block.rows() + " rows of " + block.schema());
        }
        for (int row = 0; row < block.rows(); row++) {
          List<Object> values = new ArrayList<>();
          for (Column column : block.columns()) {
            values.add(value(column, row));
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }

  private static Object value(Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof LongColumn longs) {
      String malformed = longs.malformed().at(row);
      return malformed == null ? (Object) longs.values()[row] : "?" + malformed;
    } else if (column instanceof DoubleColumn doubles) {
      String malformed = doubles.malformed().at(row);
      return malformed == null ? (Object) doubles.values()[row] : "?" + malformed;
    } else if (column instanceof StringColumn strings) {
      return strings.value(row);
    } else if (column instanceof BinaryColumn bytes) {
      return HEX.formatHex(bytes.values()[row]);
    }
    throw new AssertionError(column);
  }

  /** The rows in blocks of these sizes, over and over. */
  List<Block> blocks(int... sizes) {
    List<Block> blocks = new ArrayList<>();
    List<DictionaryBuilder> dictionaries =
        schema.fields().stream().map(f -> new DictionaryBuilder()).toList();
    for (int from = 0, i = 0; from < rows.size(); i++) {
      int to = Math.min(rows.size(), from + sizes[i % sizes.length]);
      List<Column> columns = new ArrayList<>();
      for (int c = 0; c < schema.size(); c++) {
        columns.add(column(c, from, to, dictionaries.get(c)));
      }
      blocks.add(new Block(schema, to - from, columns));
      from = to;
    }
    return blocks;
  }

  private Column column(int c, int from, int to, DictionaryBuilder dictionary) {
    int size = to - from;
    Class<? extends Column> kind = schema.field(c).type().column();
    long[] missing = new long[Bits.words(size)];
    boolean any = false;
    long[] longs = new long[size];
    double[] doubles = new double[size];
    int[] codes = new int[size];
    byte[][] bytes = new byte[size][];
    Arrays.fill(codes, StringColumn.MISSING);
    for (int i = 0; i < size; i++) {
      Object value = rows.get(from + i).get(c);
      if (value == null) {
        Bits.set(missing, i);
        any = true;
      } else if (kind == LongColumn.class) {
        longs[i] = (Long) value;
      } else if (kind == DoubleColumn.class) {
        doubles[i] = (Double) value;
      } else if (kind == StringColumn.class) {
        codes[i] = dictionary.code((String) value);
      } else {
        bytes[i] = HEX.parseHex((String) value);
      }
    }
    long[] bits = any ? missing : null;
    if (kind == LongColumn.class) {
      return new LongColumn(longs, bits);
    } else if (kind == DoubleColumn.class) {
      return new DoubleColumn(doubles, bits);
    } else if (kind == StringColumn.class) {
      return new StringColumn(codes, dictionary.snapshot());
    }
    return new BinaryColumn(bytes);
  }

  /** Writes all rows and commits. */
  void write(BlockSink sink, int... blockSizes) throws IOException {
    try (sink) {
      for (Block block : blocks(blockSizes)) {
        sink.append(sink.encode(block));
      }
      sink.commit();
    }
  }
}
