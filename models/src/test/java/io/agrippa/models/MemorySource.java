package io.agrippa.models;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
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
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A dataset in memory: a column is a list of numbers, texts or nulls. Texts are read as wanted. */
final class MemorySource implements BlockSource {
  private final Map<String, Type> types = new LinkedHashMap<>();
  private final Map<String, List<?>> columns = new LinkedHashMap<>();
  private int rows;

  /** Adds a column; the first one decides on the number of rows. */
  MemorySource with(String name, Type type, List<?> values) {
    types.put(name, type);
    columns.put(name, values);
    rows = values.size();
    return this;
  }

  TrainingData data() {
    return new TrainingData(this, TrainingData.Text.UNKNOWN, name(), "");
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Schema schema() {
    return new Schema(
        types.entrySet().stream().map(e -> new Field(e.getKey(), e.getValue())).toList());
  }

  @Override
  public OptionalLong rows() {
    return OptionalLong.of(rows);
  }

  @Override
  public OptionalLong bytes() {
    return OptionalLong.empty();
  }

  @Override
  public Partitions read(List<Field> wanted, Partitioning partitioning) {
    Schema schema =
        new Schema(
            wanted.stream()
                .map(f -> types.get(f.name()) == Type.Scalar.STRING ? f : held(f.name()))
                .toList());
    return new Partitions() {
      private boolean done;

      @Override
      public Schema schema() {
        return schema;
      }

      @Override
      public Partition next() {
        if (done) {
          return null;
        }
        done = true;
        return partition(schema);
      }

      @Override
      public void close() {}
    };
  }

  private Field held(String name) {
    return new Field(name, types.get(name));
  }

  private Partition partition(Schema schema) {
    return new Partition() {
      @Override
      public String origin() {
        return "memory";
      }

      @Override
      public long bytes() {
        return 0;
      }

      @Override
      public BlockReader open() {
        return new BlockReader() {
          private int at;

          @Override
          public Block next() {
            if (at >= rows) {
              return null;
            }
            int n = Math.min(Block.MAX_ROWS, rows - at);
            List<Column> block = new ArrayList<>();
            for (Field field : schema.fields()) {
              block.add(column(field, columns.get(field.name()).subList(at, at + n)));
            }
            at += n;
            return new Block(schema, n, block);
          }

          @Override
          public void close() {}
        };
      }
    };
  }

  private static Column column(Field field, List<?> values) {
    int n = values.size();
    long[] missing = new long[Bits.words(n)];
    double[] doubles = new double[n];
    long[] longs = new long[n];
    int[] codes = new int[n];
    DictionaryBuilder texts = new DictionaryBuilder();
    for (int row = 0; row < n; row++) {
      Object value = values.get(row);
      if (value == null) {
        Bits.set(missing, row);
        codes[row] = StringColumn.MISSING;
      } else if (value instanceof Number number) {
        doubles[row] = number.doubleValue();
        longs[row] = number.longValue();
      } else if (value instanceof Boolean truth) {
        longs[row] = truth ? 1 : 0;
      } else if (field.type() == Type.Scalar.DOUBLE) {
        doubles[row] = Double.parseDouble((String) value);
      } else {
        codes[row] = texts.code((String) value);
      }
    }
    Class<? extends Column> kind = field.type().column();
    if (kind == DoubleColumn.class) {
      return new DoubleColumn(doubles, missing);
    }
    return kind == LongColumn.class
        ? new LongColumn(longs, missing)
        : new StringColumn(codes, texts.snapshot());
  }
}
