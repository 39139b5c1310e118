package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Block;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads actual and predicted classes and probabilities of the rows of a block. For one thread at a
 * time.
 */
final class ClassRows {
  private final ClassColumns columns;
  private final ConditionReader condition; // one of these two is null
  private final LabelReader actuals;
  private final LabelReader predictions; // null where the most probable class is predicted
  private final List<NumberReader> probabilities = new ArrayList<>(); // one a class
  private final int[] numbers; // of the classes that have probabilities
  private final int[] rankedAt; // positions of the ranked classes among these
  private final int positive; // number of the positive class where there is a condition
  private final int negative;

  ClassRows(ClassColumns columns, Labels labels) {
    this.columns = columns;
    this.condition =
        columns.condition().isEmpty()
            ? null
            : new ConditionReader(columns.schema(), columns.actual(), columns.condition().get());
    this.actuals =
        condition == null ? new LabelReader(columns.schema(), columns.actual(), labels) : null;
    this.predictions =
        columns.prediction().isEmpty()
            ? null
            : new LabelReader(columns.schema(), columns.prediction().get(), labels);
    this.positive = condition == null ? -1 : labels.number(columns.positive().orElseThrow());
    this.negative = condition == null ? -1 : labels.number(columns.negative());
    List<ClassColumns.Probability> all = columns.probabilities();
    this.numbers = new int[all.size()];
    for (int k = 0; k < all.size(); k++) {
      numbers[k] = labels.number(all.get(k).label());
      probabilities.add(new NumberReader(columns.schema(), all.get(k).column()));
    }
    this.rankedAt = columns.ranked().stream().mapToInt(all::indexOf).toArray();
  }

  void read(Block block) {
    if (condition == null) {
      actuals.read(block);
    } else {
      condition.read(block);
    }
    if (predictions != null) {
      predictions.read(block);
    }
    for (int k = 0; k < probabilities.size(); k++) {
      probabilities.get(k).read(block);
      for (int row = 0; row < block.rows(); row++) {
        double probability = probabilities.get(k).number(row);
        if (probabilities.get(k).state(row) == RowState.VALUE
            && !(probability >= 0 && probability <= 1)) {
          throw new IllegalArgumentException(
              "column \"%s\" has %s, which is no probability; name the columns of probabilities"
                  .formatted(
                      columns.schema().field(columns.probabilities().get(k).column()).name(),
                      probability));
        }
      }
    }
  }

  byte actualState(int row) {
    return condition == null ? actuals.state(row) : condition.state(row);
  }

  /** A value where the prediction and all probabilities are there. */
  byte predictionState(int row) {
    if (predictions != null && predictions.state(row) != RowState.VALUE) {
      return predictions.state(row);
    }
    for (NumberReader probability : probabilities) {
      if (probability.state(row) != RowState.VALUE) {
        return probability.state(row);
      }
    }
    return RowState.VALUE;
  }

  int actual(int row) {
    if (condition == null) {
      return actuals.label(row);
    }
    return condition.holds(row) ? positive : negative;
  }

  int predicted(int row) {
    int predicted = predictions == null ? mostProbable(row) : predictions.label(row);
    return condition == null || predicted == positive ? predicted : negative;
  }

  /** The first of the most probable classes. */
  private int mostProbable(int row) {
    int best = 0;
    for (int k = 1; k < probabilities.size(); k++) {
      if (probabilities.get(k).number(row) > probabilities.get(best).number(row)) {
        best = k;
      }
    }
    return numbers[best];
  }

  /** The number of the {@code k}-th ranked class. */
  int label(int k) {
    return numbers[rankedAt[k]];
  }

  /** The probability of the {@code k}-th ranked class. */
  double probability(int row, int k) {
    return probabilities.get(rankedAt[k]).number(row);
  }
}
