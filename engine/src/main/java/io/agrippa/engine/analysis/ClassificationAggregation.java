package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Block;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reduces rows to how good predicted classes and their probabilities are. */
final class ClassificationAggregation
    extends BlockAggregation<ClassificationAggregation.ClassificationState> {
  private static final int VERSION = 1;

  /** A probability counts as at least this in the log loss. */
  private static final double LEAST_PROBABILITY = 1e-15;

  private final ClassColumns columns;

  ClassificationAggregation(ClassColumns columns) {
    super(ClassificationState.class, "classification", VERSION);
    this.columns = columns;
    state(); // says what is wrong with the columns now
  }

  @Override
  public ClassificationState state() {
    return new ClassificationState(this);
  }

  /** A confusion matrix; counts of probabilities where there are any. */
  static final class ClassificationState
      extends BlockAggregation.VersionedState<ClassificationState> {
    private final ClassRows reader;
    private final ClassColumns columns;
    private final RowCounts rows = new RowCounts();
    private final Labels labels;
    private final LongTable confusion = new LongTable(1); // by pair(actual, predicted)
    private final List<ClassColumns.Probability> ranked;
    private final List<ScoreCounts> scores = new ArrayList<>(); // one a ranked class
    private final List<Calibration> calibrations = new ArrayList<>();
    private ExactSum logLoss = new ExactSum();
    private ExactSum brier = new ExactSum();

    ClassificationState(ClassificationAggregation aggregation) {
      super(aggregation);
      this.columns = aggregation.columns;
      this.labels = new Labels();
      this.reader = new ClassRows(columns, labels);
      this.ranked = columns.ranked();
      for (int i = 0; i < ranked.size(); i++) {
        scores.add(new ScoreCounts());
        calibrations.add(new Calibration());
      }
    }

    @Override
    public void add(Block block) {
      reader.read(block);
      for (int row = 0; row < block.rows(); row++) {
        if (rows.admit(reader.actualState(row), reader.predictionState(row))) {
          int actual = reader.actual(row);
          confusion.add(pair(actual, reader.predicted(row)), 0, 1);
          if (!ranked.isEmpty()) {
            addProbabilities(row, actual);
          }
        }
      }
    }

    private void addProbabilities(int row, int actual) {
      double ofActual = 0;
      boolean known = false;
      for (int k = 0; k < ranked.size(); k++) {
        double probability = reader.probability(row, k);
        boolean positive = actual == reader.label(k);
        scores.get(k).add(probability, positive);
        calibrations.get(k).add(probability, positive);
        brier.addSquare(positive ? 1 - probability : probability);
        if (positive) {
          ofActual = probability;
          known = true;
        }
      }
      if (!known && columns.isBinary()) {
        ofActual = 1 - reader.probability(row, 0);
      }
      logLoss.add(-StrictMath.log(Math.max(LEAST_PROBABILITY, ofActual)));
    }

    private static long pair(int actual, int predicted) {
      return (long) actual << 32 | predicted;
    }

    @Override
    void mergeSame(ClassificationState other) {
      rows.merge(other.rows);
      other.confusion.forEach(
          (pair, which, count) ->
              confusion.add(
                  pair(
                      labels.number(other.labels.label((int) (pair >>> 32))),
                      labels.number(other.labels.label((int) pair))),
                  0,
                  count));
      for (int k = 0; k < ranked.size(); k++) {
        scores.get(k).merge(other.scores.get(k));
        calibrations.get(k).merge(other.calibrations.get(k));
      }
      logLoss.merge(other.logLoss);
      brier.merge(other.brier);
    }

    /** Classes that occurred or are predicted, in order, with their numbers. */
    private Map<String, Integer> classes() {
      Map<String, Integer> classes = new TreeMap<>(ClassOrder.ASCENDING);
      confusion.forEach(
          (pair, which, count) -> {
            classes.put(labels.label((int) (pair >>> 32)), (int) (pair >>> 32));
            classes.put(labels.label((int) pair), (int) pair);
          });
      return classes;
    }

    @Override
    public Evaluation.Classification result() {
      Map<String, Integer> classes = classes();
      List<Integer> numbers = new ArrayList<>(classes.values());
      List<List<Long>> matrix = new ArrayList<>();
      long right = 0;
      for (int actual : numbers) {
        List<Long> line = new ArrayList<>();
        numbers.forEach(predicted -> line.add(confusion.count(pair(actual, predicted), 0)));
        matrix.add(line);
        right += confusion.count(pair(actual, actual), 0);
      }
      return ClassReport.of(
          rows.rows(), new ArrayList<>(classes.keySet()), matrix, right, probabilities());
    }

    private Optional<Evaluation.Probabilities> probabilities() {
      if (ranked.isEmpty()) {
        return Optional.empty();
      }
      List<Evaluation.Ranking> rankings = new ArrayList<>();
      for (int k = 0; k < ranked.size(); k++) {
        rankings.add(scores.get(k).ranking(ranked.get(k).label(), calibrations.get(k)));
      }
      return Optional.of(new Evaluation.Probabilities(mean(logLoss), mean(brier), rankings));
    }

    private double mean(ExactSum sum) {
      return rows.used() == 0
          ? Double.NaN
          : Moments.ratio(sum.value(), BigDecimal.valueOf(rows.used()));
    }

    @Override
    void writeBody(DataOutput out) throws IOException {
      rows.write(out);
      // In the order of the classes, so that equal states have equal bytes.
      Map<String, Integer> classes = classes();
      Labels ordered = new Labels();
      classes.keySet().forEach(ordered::number);
      LongTable table = new LongTable(1);
      confusion.forEach(
          (pair, which, count) ->
              table.add(
                  pair(
                      ordered.number(labels.label((int) (pair >>> 32))),
                      ordered.number(labels.label((int) pair))),
                  0,
                  count));
      ordered.write(out);
      Reading.writeTable(out, table, 1);
      for (int k = 0; k < ranked.size(); k++) {
        scores.get(k).write(out);
        calibrations.get(k).write(out);
      }
      logLoss.write(out);
      brier.write(out);
    }

    @Override
    void readBody(DataInput in) throws IOException {
      rows.read(in);
      Labels written = new Labels();
      written.read(in);
      LongTable table = Reading.table(in, 1, Labels.MOST * Labels.MOST);
      for (long pair : table.keys()) {
        if (pair >>> 32 >= written.size() || (int) pair < 0 || (int) pair >= written.size()) {
          throw new IOException("a class that is not listed; the bytes are damaged");
        }
        confusion.add(
            pair(
                labels.number(written.label((int) (pair >>> 32))),
                labels.number(written.label((int) pair))),
            0,
            table.count(pair, 0));
      }
      for (int k = 0; k < ranked.size(); k++) {
        scores.set(k, ScoreCounts.read(in));
        calibrations.set(k, Calibration.read(in));
      }
      logLoss = ExactSum.read(in);
      brier = ExactSum.read(in);
    }
  }
}
