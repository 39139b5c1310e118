package io.agrippa.engine.analysis;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.StringColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes columns and blocks for tests. */
final class Blocks {
  private Blocks() {}

  /** Missing rows: none, all, every other one, or some by lot. */
  static long[] missing(Random random, int rows) {
    int pattern = random.nextInt(4);
    long[] bits = new long[Bits.words(rows)];
    for (int row = 0; row < rows; row++) {
      boolean some = pattern == 3 && random.nextInt(5) == 0;
      boolean everyOther = pattern == 2 && row % 2 == 0;
      if (pattern == 1 || everyOther || some) {
        Bits.set(bits, row);
      }
    }
    return pattern == 0 ? null : bits;
  }

  static StringColumn texts(String... texts) {
    DictionaryBuilder builder = new DictionaryBuilder();
    int[] codes = new int[texts.length];
    for (int i = 0; i < texts.length; i++) {
      codes[i] = texts[i] == null ? StringColumn.MISSING : builder.code(texts[i]);
    }
    return new StringColumn(codes, builder.snapshot());
  }

  /** Numbers, null where missing. */
  static DoubleColumn doubles(Double... numbers) {
    double[] values = new double[numbers.length];
    long[] missing = new long[Bits.words(numbers.length)];
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] == null) {
        Bits.set(missing, i);
      } else {
        values[i] = numbers[i];
      }
    }
    return new DoubleColumn(values, missing);
  }

  /** Numbers, null where missing. */
  static LongColumn longs(Long... numbers) {
    long[] values = new long[numbers.length];
    long[] missing = new long[Bits.words(numbers.length)];
    for (int i = 0; i < numbers.length; i++) {
      if (numbers[i] == null) {
        Bits.set(missing, i);
      } else {
        values[i] = numbers[i];
      }
    }
    return new LongColumn(values, missing);
  }

  /** The rows of a block from one on. */
  static Block from(Block block, int first) {
    List<Column> columns = new ArrayList<>();
    int rows = block.rows() - first;
    for (Column column : block.columns()) {
      if (column instanceof LongColumn longs) {
        columns.add(
            new LongColumn(
                Arrays.copyOfRange(longs.values(), first, block.rows()),
                from(longs.missing(), first, rows),
                from(longs.malformed(), first)));
      } else if (column instanceof DoubleColumn doubles) {
        columns.add(
            new DoubleColumn(
                Arrays.copyOfRange(doubles.values(), first, block.rows()),
                from(doubles.missing(), first, rows),
                from(doubles.malformed(), first)));
      } else if (column instanceof StringColumn strings) {
        columns.add(
            new StringColumn(
                Arrays.copyOfRange(strings.codes(), first, block.rows()), strings.dictionary()));
      } else if (column instanceof BinaryColumn bytes) {
        columns.add(new BinaryColumn(Arrays.copyOfRange(bytes.values(), first, block.rows())));
      }
    }
    return new Block(block.schema(), rows, columns);
  }

  private static long[] from(long[] missing, int first, int rows) {
    if (missing == null) {
      return null;
    }
    long[] bits = new long[Bits.words(rows)];
    for (int row = 0; row < rows; row++) {
      if (Bits.get(missing, first + row)) {
        Bits.set(bits, row);
      }
    }
    return bits;
  }

  private static Malformed from(Malformed malformed, int first) {
    List<Integer> rows = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < malformed.size(); i++) {
      if (malformed.row(i) >= first) {
        rows.add(malformed.row(i) - first);
        texts.add(malformed.text(i));
      }
    }
    return Malformed.of(
        rows.stream().mapToInt(Integer::intValue).toArray(), texts.toArray(new String[0]));
  }
}
