package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/** Reduces rows to how good predicted numbers are. */
final class RegressionAggregation extends BlockAggregation<RegressionAggregation.RegressionState> {
  private static final int VERSION = 1;

  private final Schema schema;
  private final int actual;
  private final int prediction;

  /**
   * @param actual position of the column of what really was
   * @param prediction position of the column of what is predicted
   */
  RegressionAggregation(Schema schema, int actual, int prediction) {
    super(RegressionState.class, "regression", VERSION);
    this.schema = schema;
    this.actual = actual;
    this.prediction = prediction;
    state(); // says what is wrong with the columns now
  }

  @Override
  public RegressionState state() {
    return new RegressionState(this);
  }

  /** Sums of residuals, and distributions. */
  static final class RegressionState extends BlockAggregation.VersionedState<RegressionState> {
    private final NumberReader actuals;
    private final NumberReader predictions;
    private final RowCounts rows = new RowCounts();
    private NumberSummary residuals = new NumberSummary();
    private NumberSummary actual = new NumberSummary();
    private ExactSum magnitudes = new ExactSum();

    RegressionState(RegressionAggregation aggregation) {
      super(aggregation);
      this.actuals = new NumberReader(aggregation.schema, aggregation.actual);
      this.predictions = new NumberReader(aggregation.schema, aggregation.prediction);
    }

    @Override
    public void add(Block block) {
      actuals.read(block);
      predictions.read(block);
      for (int row = 0; row < block.rows(); row++) {
        double was = actuals.number(row);
        double residual = predictions.number(row) - was;
        byte known = finite(actuals.state(row), was);
        if (rows.admit(known, finite(predictions.state(row), residual))) {
          actual.add(was);
          residuals.add(residual);
          magnitudes.add(Math.abs(residual));
        }
      }
    }

    /** An infinity cannot be measured, neither as a number nor as a residual. */
    private static byte finite(byte state, double number) {
      return state == RowState.VALUE && !Double.isFinite(number) ? RowState.MALFORMED : state;
    }

    @Override
    void mergeSame(RegressionState other) {
      rows.merge(other.rows);
      residuals.merge(other.residuals);
      actual.merge(other.actual);
      magnitudes.merge(other.magnitudes);
    }

    @Override
    public Evaluation.Regression result() {
      long used = rows.used();
      BigDecimal n = BigDecimal.valueOf(used);
      BigDecimal scatter = actual.moments().scatter(); // n times the sum of squares
      double r2 =
          used == 0 || scatter.signum() == 0
              ? Double.NaN
              : 1 - Moments.ratio(residuals.moments().squares().multiply(n), scatter);
      return new Evaluation.Regression(
          rows.rows(),
          Math.sqrt(residuals.moments().meanSquare()),
          used == 0 ? Double.NaN : Moments.ratio(magnitudes.value(), n),
          residuals.moments().mean(),
          r2,
          residuals.profile(),
          actual.profile());
    }

    @Override
    void writeBody(DataOutput out) throws IOException {
      rows.write(out);
      residuals.write(out);
      actual.write(out);
      magnitudes.write(out);
    }

    @Override
    void readBody(DataInput in) throws IOException {
      rows.read(in);
      residuals = NumberSummary.read(in);
      actual = NumberSummary.read(in);
      magnitudes = ExactSum.read(in);
    }
  }
}
