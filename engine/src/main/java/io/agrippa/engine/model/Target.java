package io.agrippa.engine.model;

import java.util.List;

/**
 * A Target: what is done to a prediction.
 *
 * @param field null where absent: a model without a target field
 * @param opType null where absent
 * @param castInteger null where absent
 * @param min NaN where absent
 * @param max NaN where absent
 */
public record Target(
    String field,
    OpType opType,
    CastInteger castInteger,
    double min,
    double max,
    double rescaleConstant,
    double rescaleFactor,
    List<TargetValue> values,
    int line) {
  public Target {
    values = List.copyOf(values);
  }

  /** How a number becomes whole. */
  public enum CastInteger {
    /** To the nearest. */
    ROUND,
    /** Up. */
    CEILING,
    /** Down. */
    FLOOR
  }

  /** A TargetValue; texts null and numbers NaN where absent. */
  public record TargetValue(
      String value, String displayValue, double priorProbability, double defaultValue) {}
}
