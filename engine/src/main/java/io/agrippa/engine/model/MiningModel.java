package io.agrippa.engine.model;

import java.util.List;

/**
 * A MiningModel with its Segmentation. A sequence of embedded models (Regression and DecisionTree
 * elements in the place of a Segmentation) is a chain of segments that always run.
 *
 * @param missingThreshold largest share of missing predictions (by weight) that still gives a
 *     result
 */
public record MiningModel(
    ModelFrame frame,
    Method method,
    MissingPredictionTreatment missingPredictionTreatment,
    double missingThreshold,
    List<Segment> segments)
    implements Model {
  public MiningModel {
    segments = List.copyOf(segments);
  }

  /** Whether it is a sequence of embedded models. */
  public boolean isSequence() {
    return !segments.isEmpty() && segments.get(0).model().frame().isEmbedded();
  }

  /** This model with other segments. */
  public MiningModel with(List<Segment> others) {
    return new MiningModel(frame, method, missingPredictionTreatment, missingThreshold, others);
  }

  /** multipleModelMethod. */
  public enum Method {
    /** majorityVote. */
    MAJORITY_VOTE,
    /** weightedMajorityVote. */
    WEIGHTED_MAJORITY_VOTE,
    /** average. */
    AVERAGE,
    /** weightedAverage. */
    WEIGHTED_AVERAGE,
    /** median. */
    MEDIAN,
    /** weightedMedian (or x-weightedMedian). */
    WEIGHTED_MEDIAN,
    /** max. */
    MAX,
    /** sum. */
    SUM,
    /** weightedSum (or x-weightedSum). */
    WEIGHTED_SUM,
    /** selectFirst. */
    SELECT_FIRST,
    /** selectAll. */
    SELECT_ALL,
    /** modelChain. */
    MODEL_CHAIN,
    /** x-multiModelChain: a chain whose results are those of all its segments. */
    MULTI_MODEL_CHAIN
  }

  /** What a segment without a prediction does to the whole. */
  public enum MissingPredictionTreatment {
    /** The whole has none. */
    RETURN_MISSING,
    /** Leave the segment out. */
    SKIP_SEGMENT,
    /** Go on. */
    CONTINUE
  }

  /**
   * A Segment.
   *
   * @param id the position from 1 where absent
   * @param weight 1 where absent
   * @param variableWeight field that gives the weight for each row, or null
   */
  public record Segment(
      String id,
      Predicate predicate,
      double weight,
      String variableWeight,
      Model model,
      int line) {}
}
