package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Target;

/**
 * What a model predicts: the target of its MiningSchema; for a classification without one, the
 * categories of the nearest enclosing classification that has one. A category is the value that its
 * text has in the target's type, so one that is written in two ways is one.
 *
 * @param name of the model's own target, or null
 * @param declared type of the target, null for categories without one
 */
record Category(String name, DataType declared, OpType opType) {
  static Category of(Scope scope) {
    for (Scope at = scope; at != null; at = at.parent()) {
      boolean counts = at == scope || at.frame().function() == ModelFrame.Function.CLASSIFICATION;
      MiningField field = counts ? target(at.frame()) : null;
      if (field != null) {
        DataField data = at.dataField(field.name());
        OpType opType = field.opType() == null ? data.opType() : field.opType();
        for (Target target : at.frame().targets()) {
          if (field.name().equals(target.field()) && target.opType() != null) {
            opType = target.opType();
          }
        }
        return new Category(at == scope ? field.name() : null, data.dataType(), opType);
      }
      if (scope.frame().function() != ModelFrame.Function.CLASSIFICATION) {
        return new Category(null, null, OpType.CONTINUOUS);
      }
    }
    return new Category(null, null, OpType.CATEGORICAL);
  }

  private static MiningField target(ModelFrame frame) {
    for (MiningField field : frame.miningSchema()) {
      if (field.usageType() == MiningField.UsageType.TARGET) {
        return field;
      }
    }
    return null;
  }

  /** The category of this text. */
  Object of(String text) {
    if (declared == null) {
      return text;
    }
    try {
      return Values.parse(text, declared);
    } catch (Values.NotOfType e) {
      return text;
    }
  }
}
