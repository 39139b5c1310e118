package io.agrippa.engine;

import java.util.Map;

/**
 * One record in, one record out, as maps: the shape that programs written for JPMML-Evaluator have
 * around {@code evaluate(Map)}. Such a program depends on this interface instead, and takes either
 * engine: {@code MapEvaluator.of(Agrippa.load(file))}, or, to run both beside each other for a
 * while, {@code arguments -> EvaluatorUtil.decodeAll(jpmml.evaluate(prepared(arguments)))}. What
 * differs is listed in the guide to moving.
 */
@FunctionalInterface
public interface MapEvaluator {
  /**
   * Evaluates a record.
   *
   * @param arguments values by field name; a field that is not there or null is missing, other
   *     names are passed over
   * @return results by name, targets first, decoded: plain Java values, null where missing
   * @throws BadRecordException if a value is one that the model refuses
   */
  Map<String, ?> evaluate(Map<String, ?> arguments);

  /**
   * A model as an evaluator. Beyond what {@link ScoringModel} takes, a value may be a {@code
   * java.util.Date} (its reading in UTC), a {@code Character} or an {@code Enum} (its name), as
   * programs give them that rely on JPMML's conversions. Safe for use by many threads.
   */
  static MapEvaluator of(ScoringModel model) {
    return new ModelMapEvaluator(model);
  }
}
