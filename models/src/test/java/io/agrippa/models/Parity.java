package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.compile.ModelOperator;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.pmml.PmmlReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.stream.IntStream;

/**
 * Compares the engine's predictions with the library's own, row by row: classes must be equal,
 * numbers within 1e-9 of them, relatively.
 */
final class Parity {
  private static final double TOLERANCE = 1e-9;

  private final CompiledModel model;
  private final Training.Learnt learnt;
  private final int step;
  private final List<String> results;
  private final DoubleAccumulator worst = new DoubleAccumulator(Math::max, 0);
  private long rows;
  private int compared;

  private Parity(byte[] pmml, Training.Learnt learnt, int step) {
    this.step = step;
    this.learnt = learnt;
    model = ModelCompiler.compile(PmmlReader.read(pmml, "test"));
    results = model.results().stream().map(ResultField::name).toList();
  }

  /**
   * Scores all rows and compares them.
   *
   * @param some every {@code step}-th row of the source as a table, from the first on
   * @return the greatest relative difference of a number
   */
  static double check(byte[] pmml, Training.Learnt learnt, BlockSource source, Table some, int step)
      throws IOException {
    Parity parity = new Parity(pmml, learnt, step);
    parity.check(source, learnt.fitted().predictor(Samples.of(learnt.features(), some)));
    assertThat(parity.compared).isEqualTo(some.rows());
    return parity.worst.get();
  }

  private void check(BlockSource source, Fitted.Predictor expected) throws IOException {
    try (Partitions partitions = source.read(model.reads(), new Partitioning.Natural())) {
      ModelOperator operator = model.bind(partitions.schema(), List.of());
      BlockOperator.Worker worker = operator.worker();
      for (Partition p = partitions.next(); p != null; p = partitions.next()) {
        try (BlockReader reader = p.open()) {
          for (Block block = reader.next(); block != null; block = reader.next()) {
            Block scored = worker.apply(block);
            assertThat(scored.problems()).isEmpty();
            check(scored, expected);
          }
        }
      }
    }
  }

  /** The library takes a hundred times the engine's time, so it predicts on all cores. */
  private void check(Block scored, Fitted.Predictor expected) {
    int first = (int) ((step - rows % step) % step); // row of the block that is compared first
    int count = Math.max(0, (scored.rows() - first + step - 1) / step);
    int from = compared;
    long before = rows;
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              int row = first + i * step;
              check(scored, row, before + row, expected.predict(from + i));
            });
    compared += count;
    rows += scored.rows();
  }

  private void check(Block scored, int row, long place, double[] expected) {
    if (learnt.labels() instanceof Labels.Classes classes) {
      String predicted = text(column(scored, classes.name()), classes.type(), row);
      String wanted = classes.levels().get(Metrics.greatest(expected));
      if (!wanted.equals(predicted)) {
        throw new AssertionError(
            "row %d: class %s, but the library's is %s".formatted(place, predicted, wanted));
      }
      for (int k = 0; k < expected.length; k++) {
        String name = PmmlFrame.probability(classes.levels().get(k));
        number(column(scored, name), row, place, expected[k]);
      }
    } else {
      number(column(scored, learnt.labels().name()), row, place, expected[0]);
    }
  }

  private Column column(Block scored, String name) {
    assertThat(results).contains(name);
    return scored.column(results.indexOf(name));
  }

  private static String text(Column column, DataType type, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof LongColumn longs) {
      long value = longs.values()[row];
      return type.equals(DataType.BOOLEAN) ? Boolean.toString(value != 0) : Long.toString(value);
    }
    return ((StringColumn) column).value(row);
  }

  private void number(Column column, int row, long place, double expected) {
    double actual = column.isMissing(row) ? Double.NaN : ((DoubleColumn) column).values()[row];
    double difference = actual == expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
    if (!(difference <= TOLERANCE)) {
      throw new AssertionError(
          "row %d: %s, but the library's number is %s".formatted(place, actual, expected));
    }
    worst.accumulate(difference);
  }
}
