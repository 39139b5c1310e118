package io.agrippa.engine.model;

/**
 * A TreeModel, or a DecisionTree embedded in another model.
 *
 * @param missingValuePenalty factor on the confidence for each level at which a value was missing
 */
public record TreeModel(
    ModelFrame frame,
    MissingValueStrategy missingValueStrategy,
    double missingValuePenalty,
    NoTrueChildStrategy noTrueChildStrategy,
    TreeNodes nodes)
    implements Model {
  /** What to do when a predicate is unknown. */
  public enum MissingValueStrategy {
    /** Stop with the current node's result. */
    LAST_PREDICTION,
    /** No result. */
    NULL_PREDICTION,
    /** Go to the node's default child. */
    DEFAULT_CHILD,
    /** Average the confidences of the children that may hold. */
    WEIGHTED_CONFIDENCE,
    /** Add up the leaves that may be reached. */
    AGGREGATE_NODES,
    /** Take an unknown predicate as false. */
    NONE
  }

  /** What to do when no child holds. */
  public enum NoTrueChildStrategy {
    /** No result. */
    RETURN_NULL_PREDICTION,
    /** The current node's result. */
    RETURN_LAST_PREDICTION
  }
}
