package io.agrippa.engine;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores batches block by block. Holds scratch space and dictionaries, so not safe for use by many
 * threads.
 */
final class BatchWorker {
  /** Beyond so many texts a dictionary is begun anew, so that it does not grow with the rows. */
  private static final int MOST_TEXTS = 1 << 14;

  private final Schema columns;
  private final BlockOperator.Worker worker;
  private final boolean looksAhead;
  private final Schema output;
  private final DictionaryBuilder[] texts;

  BatchWorker(Schema columns, BlockOperator operator) {
    this.columns = columns;
    this.worker = operator.worker();
    this.looksAhead = operator.dependency().looksAhead();
    this.output = operator.output();
    texts = new DictionaryBuilder[columns.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = new DictionaryBuilder();
    }
  }

  ColumnBatch score(ColumnBatch batch, List<Integer> positions) {
    int rows = batch.rows();
    List<Collected> results = new ArrayList<>();
    output.fields().forEach(field -> results.add(new Collected(field, rows)));
    List<RowProblem> problems = new ArrayList<>();
    worker.startPartition();
    for (int from = 0; looksAhead && from < rows; from += Block.MAX_ROWS) {
      worker.gather(block(batch, positions, from, Math.min(Block.MAX_ROWS, rows - from)));
    }
    for (int from = 0; from < rows; from += Block.MAX_ROWS) {
      int count = Math.min(Block.MAX_ROWS, rows - from);
      Block scored = worker.apply(block(batch, positions, from, count));
      for (int i = 0; i < results.size(); i++) {
        results.get(i).take(scored.column(i), from, count);
      }
      for (RowProblem problem : scored.problems()) {
        problems.add(
            new RowProblem(
                from + problem.row(), problem.field(), problem.value(), problem.reason()));
      }
    }
    return new ColumnBatch(rows, results.stream().map(Collected::values).toList(), problems);
  }

  private Block block(ColumnBatch batch, List<Integer> positions, int from, int count) {
    List<Column> inputs = new ArrayList<>(positions.size());
    for (int i = 0; i < positions.size(); i++) {
      inputs.add(column(batch.column(positions.get(i)), i, from, count));
    }
    return new Block(columns, count, inputs);
  }

  private Column column(ColumnBatch.Values values, int position, int from, int count) {
    if (values.array() instanceof String[] strings) {
      if (texts[position].size() >= MOST_TEXTS) {
        texts[position] = new DictionaryBuilder();
      }
      DictionaryBuilder dictionary = texts[position];
      int[] codes = new int[count];
      for (int row = 0; row < count; row++) {
        String text = strings[from + row];
        codes[row] = text == null ? StringColumn.MISSING : dictionary.code(text);
      }
      return new StringColumn(codes, dictionary.snapshot());
    }
    long[] missing = bits(values.missing(), from, count);
    // A column may be longer than its block, so the first block needs no copy.
    if (values.array() instanceof double[] doubles) {
      return new DoubleColumn(
          from == 0 ? doubles : Arrays.copyOfRange(doubles, from, from + count), missing);
    }
    long[] longs = (long[]) values.array();
    return new LongColumn(
        from == 0 ? longs : Arrays.copyOfRange(longs, from, from + count), missing);
  }

  private static long[] bits(boolean[] missing, int from, int count) {
    if (missing == null) {
      return null;
    }
    long[] bits = new long[Bits.words(count)];
    for (int row = 0; row < count; row++) {
      if (missing[from + row]) {
        Bits.set(bits, row);
      }
    }
    return Bits.any(bits) ? bits : null;
  }

  /** One result of all blocks. */
  private static final class Collected {
    private final Field field;
    private final Object array;
    private boolean[] missing; // null as long as none is missing

    Collected(Field field, int rows) {
      this.field = field;
      array =
          field.type() == Type.Scalar.STRING
              ? new String[rows]
              : field.type().column() == DoubleColumn.class ? new double[rows] : new long[rows];
    }

    void take(Column column, int from, int count) {
      if (column instanceof StringColumn strings) {
        String[] to = (String[]) array;
        for (int row = 0; row < count; row++) {
          to[from + row] = strings.value(row);
        }
      } else if (column instanceof DoubleColumn doubles) {
        double[] to = (double[]) array;
        System.arraycopy(doubles.values(), 0, to, from, count);
        takeMissing(doubles.missing(), from, count, to.length);
        for (int row = 0; row < count; row++) {
          if (Bits.get(doubles.missing(), row)) {
            to[from + row] = Double.NaN;
          }
        }
      } else {
        LongColumn longs = (LongColumn) column;
        long[] to = (long[]) array;
        System.arraycopy(longs.values(), 0, to, from, count);
        takeMissing(longs.missing(), from, count, to.length);
        for (int row = 0; row < count; row++) {
          if (Bits.get(longs.missing(), row)) {
            to[from + row] = 0;
          }
        }
      }
    }

    private void takeMissing(long[] bits, int from, int count, int rows) {
      if (bits == null) {
        return;
      }
      if (missing == null) {
        missing = new boolean[rows];
      }
      for (int row = 0; row < count; row++) {
        missing[from + row] = Bits.get(bits, row);
      }
    }

    ColumnBatch.Values values() {
      return new ColumnBatch.Values(field, array, missing);
    }
  }
}
