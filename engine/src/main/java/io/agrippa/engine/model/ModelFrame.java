package io.agrippa.engine.model;

import java.util.List;

/**
 * What all model elements have in common.
 *
 * <p>A model that is embedded in another one (a Regression or DecisionTree in a MiningModel or in a
 * tree's node) sees all that the model around it sees, and has no MiningSchema of its own.
 *
 * @param element name of the element, such as {@code TreeModel}
 * @param modelName null where absent
 * @param algorithmName null where absent
 * @param arithmetic how the model computes
 * @param scorable false where {@code isScorable="false"}
 * @param verification null where absent
 */
public record ModelFrame(
    String element,
    String modelName,
    Function function,
    String algorithmName,
    Arithmetic arithmetic,
    boolean scorable,
    List<MiningField> miningSchema,
    List<OutputField> output,
    List<Target> targets,
    List<DerivedField> localTransformations,
    Verification verification,
    int line) {
  public ModelFrame {
    miningSchema = List.copyOf(miningSchema);
    output = List.copyOf(output);
    targets = List.copyOf(targets);
    localTransformations = List.copyOf(localTransformations);
  }

  /** Whether the model is embedded in another one: a Regression or a DecisionTree. */
  public boolean isEmbedded() {
    return element.equals("Regression") || element.equals("DecisionTree");
  }

  /** PMML's mining functions. */
  public enum Function {
    /** associationRules. */
    ASSOCIATION_RULES,
    /** sequences. */
    SEQUENCES,
    /** classification. */
    CLASSIFICATION,
    /** regression. */
    REGRESSION,
    /** clustering. */
    CLUSTERING,
    /** timeSeries. */
    TIME_SERIES,
    /** mixed. */
    MIXED
  }

  /**
   * The vendor attribute {@code x-mathContext} of a model: it is not inherited by nested models.
   */
  public enum Arithmetic {
    /** Double precision. */
    DOUBLE,
    /** Each operation rounded to single precision. */
    FLOAT
  }
}
