package io.agrippa.engine.model;

import java.util.List;

/**
 * An OutputField: a result that the model hands out.
 *
 * @param opType null where absent
 * @param dataType null where absent
 * @param targetField null where absent
 * @param feature what is handed out, as PMML writes it: {@code predictedValue}, {@code
 *     probability}, …, vendors' {@code x-…} included
 * @param value category, cluster or named result that is asked for, or null
 * @param segmentId null where absent
 * @param expression for transformedValue and decision, else null
 * @param ruleFeature attribute of a rule for {@code ruleValue}, or null
 * @param algorithm {@code recommendation}, {@code exclusiveRecommendation} or {@code
 *     ruleAssociation}, or null
 * @param rank rank of the wanted result, 1 for the best
 * @param attributes further attributes as written (rankBasis, rankOrder, isMultiValued, x-…), name
 *     and value in turn
 */
public record OutputField(
    String name,
    String displayName,
    OpType opType,
    DataType dataType,
    String targetField,
    String feature,
    String value,
    String segmentId,
    boolean finalResult,
    int rank,
    String ruleFeature,
    String algorithm,
    Expression expression,
    List<Value> decisions,
    List<String> attributes,
    int line) {
  public OutputField {
    decisions = List.copyOf(decisions);
    attributes = List.copyOf(attributes);
  }
}
