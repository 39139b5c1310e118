package io.agrippa.engine;

import java.util.Date;
import java.util.HashMap;
import java.util.Map;

/** A model that takes a few Java types more than records may hold. */
final class ModelMapEvaluator implements MapEvaluator {
  private final ScoringModel model;

  ModelMapEvaluator(ScoringModel model) {
    this.model = model;
  }

  @Override
  public Map<String, ?> evaluate(Map<String, ?> arguments) {
    Map<String, Object> record = new HashMap<>();
    for (String name : model.reads()) {
      record.put(name, plain(arguments.get(name)));
    }
    return model.score(record);
  }

  private static Object plain(Object value) {
    if (value instanceof Date date) {
      return date.toInstant();
    }
    if (value instanceof Character letter) {
      return letter.toString();
    }
    return value instanceof Enum<?> constant ? constant.name() : value;
  }
}
