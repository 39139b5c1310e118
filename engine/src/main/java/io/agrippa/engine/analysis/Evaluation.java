package io.agrippa.engine.analysis;

import java.util.List;
import java.util.Optional;

/** How good predictions are. Measures that are not defined for the rows at hand are NaN. */
public sealed interface Evaluation {
  /** Which rows were measured. */
  Rows rows();

  /**
   * Rows by what was known of them.
   *
   * @param all rows of the data
   * @param used those that were measured
   * @param actualMissing those without what really was
   * @param actualMalformed those in which that is no value of the kind that is wanted
   * @param predictionMissing those, of the rest, without a prediction
   */
  record Rows(
      long all, long used, long actualMissing, long actualMalformed, long predictionMissing) {}

  /**
   * How good predicted classes are.
   *
   * @param classes those that occurred or are predicted, in order
   * @param confusion one row an actual class, one column a predicted one: numbers of rows
   * @param accuracy share of the rows whose class was predicted
   * @param measures one a class, in order
   * @param macroPrecision mean over classes; as the next two, of the classes for which it is
   *     defined
   * @param probabilities what probabilities add; empty where none are given
   */
  record Classification(
      Rows rows,
      List<String> classes,
      List<List<Long>> confusion,
      double accuracy,
      List<ClassMeasures> measures,
      double macroPrecision,
      double macroRecall,
      double macroF1,
      Optional<Probabilities> probabilities)
      implements Evaluation {
    public Classification {
      classes = List.copyOf(classes);
      confusion = confusion.stream().map(List::copyOf).toList();
      measures = List.copyOf(measures);
    }
  }

  /**
   * How well one class is predicted.
   *
   * @param actual rows that are of the class
   * @param predicted rows for which it is predicted
   * @param precision share of the predicted that are of the class
   * @param recall share of those of the class that are predicted
   * @param f1 harmonic mean of both
   */
  record ClassMeasures(
      String label, long actual, long predicted, double precision, double recall, double f1) {}

  /**
   * How good predicted probabilities are.
   *
   * @param logLoss mean of −ln of the probability of the actual class, which counts as at least
   *     10^−15
   * @param brier mean of the squared differences between probabilities and what was (0 or 1): of
   *     the positive class where there are two classes, else summed over the classes
   * @param rankings one for the positive class of two, or one for each class
   */
  record Probabilities(double logLoss, double brier, List<Ranking> rankings) {
    public Probabilities {
      rankings = List.copyOf(rankings);
    }
  }

  /**
   * How well the probability of a class orders rows, and how far it can be believed.
   *
   * @param label the class
   * @param positives rows of the class
   * @param negatives the others
   * @param auc area under the ROC curve, ties counted half
   * @param aucError by how much it may be off, because near probabilities share a bin; 0 where
   *     exact
   * @param averagePrecision area under the precision-recall curve as steps: Σ (Rₙ − Rₙ₋₁)·Pₙ
   * @param averagePrecisionError by how much it may be off
   * @param ks greatest distance between the rates of true and false positives
   * @param curve points of both curves, from the highest threshold down
   * @param lift of the rows of the highest probabilities, ascending by share
   * @param calibration ascending bins of the probability
   * @param calibrationError mean distance of probability and rate over the bins, weighted by rows
   */
  record Ranking(
      String label,
      long positives,
      long negatives,
      double auc,
      double aucError,
      double averagePrecision,
      double averagePrecisionError,
      double ks,
      List<CurvePoint> curve,
      List<Lift> lift,
      List<CalibrationBin> calibration,
      double calibrationError) {
    public Ranking {
      curve = List.copyOf(curve);
      lift = List.copyOf(lift);
      calibration = List.copyOf(calibration);
    }
  }

  /**
   * What predicting the class from a probability on does.
   *
   * @param threshold the probability
   * @param truePositiveRate share of the positives found, also called recall
   * @param falsePositiveRate share of the negatives taken for positives
   * @param precision share of positives in what is found
   */
  record CurvePoint(
      double threshold, double truePositiveRate, double falsePositiveRate, double precision) {}

  /**
   * What taking the rows of the highest probabilities finds.
   *
   * @param share of all rows taken
   * @param gain share of the positives found
   * @param lift gain over share: how many times better than by lot
   */
  record Lift(double share, double gain, double lift) {}

  /**
   * Rows whose probability lies in a range.
   *
   * @param from least probability
   * @param to greatest probability; in the bin above except in the last
   * @param rows how many
   * @param meanProbability mean of their probabilities
   * @param rate share of positives among them
   */
  record CalibrationBin(double from, double to, long rows, double meanProbability, double rate) {}

  /**
   * How good predicted numbers are. A residual is predicted less actual.
   *
   * @param rmse root of the mean square of the residuals
   * @param mae mean of their magnitudes
   * @param bias their mean
   * @param r2 1 less the residuals' sum of squares over that of the actual numbers about their mean
   * @param residuals their distribution
   * @param actual the distribution of the actual numbers
   */
  record Regression(
      Rows rows,
      double rmse,
      double mae,
      double bias,
      double r2,
      Profile.Numbers residuals,
      Profile.Numbers actual)
      implements Evaluation {}
}
