package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.MiningModel;
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
    Category own = declared(scope);
    if (scope.model() instanceof MiningModel mining && MiningReading.selects(mining.method())) {
      Category selected = selected(mining, own, scope);
      if (selected != null) {
        return selected;
      }
    }
    if (own != null) {
      return own;
    }
    if (scope.frame().function() != ModelFrame.Function.CLASSIFICATION) {
      return new Category(null, null, OpType.CONTINUOUS);
    }
    for (Scope outer = scope.parent(); outer != null; outer = outer.parent()) {
      Category category = declared(outer);
      if (category != null && outer.frame().function() == ModelFrame.Function.CLASSIFICATION) {
        return new Category(null, category.declared, category.opType);
      }
    }
    return new Category(null, null, OpType.CATEGORICAL);
  }

  /**
   * A model that takes the prediction of a segment predicts its own target where a segment has that
   * or none has any, and otherwise what the segment predicts.
   */
  private static Category selected(MiningModel model, Category own, Scope scope) {
    Category first = null;
    for (MiningModel.Segment segment : MiningReading.giving(model)) {
      Category inner = of(scope.nested(segment.model()));
      if (inner.name != null && own != null && inner.name.equals(own.name)) {
        return own;
      }
      first = first == null && inner.name != null ? inner : first;
    }
    return first;
  }

  /** The target of the scope's own MiningSchema, or null. */
  private static Category declared(Scope scope) {
    MiningField field = target(scope.frame());
    if (field == null) {
      return null;
    }
    DataField data = scope.dataField(field.name());
    OpType opType = field.opType() == null ? data.opType() : field.opType();
    for (Target target : scope.frame().targets()) {
      if (field.name().equals(target.field()) && target.opType() != null) {
        opType = target.opType();
      }
    }
    return new Category(field.name(), data.dataType(), opType);
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
