package io.agrippa.engine.compile;

import java.util.List;
import java.util.Map;

/** A compiled model element, without its targets and outputs. Immutable; shared by all workers. */
interface ModelPlan {
  PredictionShape shape();

  /** A scorer with scratch space of its own, for one worker. */
  Scorer scorer();

  /**
   * Whether the predictions hold the rescaleConstant of the model's Target already, because sums
   * start from it.
   */
  default boolean isShifted() {
    return false;
  }

  /**
   * Fields that are results of this model besides its own Output: the outputs of the segments that
   * a chain or selection ends with. Their slots are set after {@link Scorer#score}.
   */
  default List<FieldHandle> results() {
    return List.of();
  }

  /**
   * The direct segments whose results this model's Output asks for (attribute segmentId), by id. A
   * segment that did not run for a row has no prediction there and missing outputs.
   */
  default Map<String, SegmentResults> segments() {
    return Map.of();
  }

  /**
   * What a segment hands out.
   *
   * @param shape of {@link Scorer#segment}
   * @param outputs its Output fields
   */
  record SegmentResults(PredictionShape shape, List<FieldHandle> outputs) {
    public SegmentResults {
      outputs = List.copyOf(outputs);
    }
  }

  /** Scores blocks for one worker. */
  interface Scorer {
    /**
     * Predicts for the rows of the frame's block. Errors of the vectors that a row consumes become
     * errors of its prediction.
     *
     * @param active rows that are asked for; null for all
     * @param out is filled for the active rows: those of its arrays that exist. Its bits are
     *     cleared first. The caller owns it, so one may serve many models of the same shape
     */
    void score(Frame frame, long[] active, Prediction out);

    /** The prediction of one of {@link ModelPlan#segments}, valid until the next call of score. */
    default Prediction segment(String id) {
      throw new IllegalArgumentException("segment \"" + id + "\" was not asked for at bind");
    }
  }
}
