package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.TreeModel;

/** Model elements of all kinds. */
final class Models {
  private Models() {}

  /** What a model predicts for the row of its scope, Targets included. */
  static Score score(Model model, Scope row) {
    Score score;
    if (model instanceof TreeModel tree) {
      score = new TreeReading(tree, row).score();
    } else if (model instanceof RegressionModel regression) {
      score = new RegressionReading(regression, regression.frame(), row).score();
    } else {
      MiningReading mining = new MiningReading((MiningModel) model, row);
      if (((MiningModel) model).method() == MiningModel.Method.SELECT_ALL) {
        return mining.score(); // a list, to which Targets do not apply
      }
      return Targets.apply(mining.score(), row, mining.start() != 0);
    }
    return Targets.apply(score, row, false);
  }

  /** Whether all that a model without a target predicts are floats. */
  private static boolean isSingle(Model model) {
    boolean single = Arithmetic.of(model.frame()) == Arithmetic.FLOAT;
    if (model instanceof MiningModel mining && MiningReading.selects(mining.method())) {
      return single && MiningReading.giving(mining).stream().allMatch(s -> isSingle(s.model()));
    }
    return single;
  }

  /**
   * A predicted value in the type of its target. A number is whole only where it is made so;
   * without a target it is as precise as the model computes.
   */
  static Object typed(Object value, Scope row) {
    if (!(value instanceof Double number)
        || row.frame().function() != ModelFrame.Function.REGRESSION) {
      return value;
    }
    Category target = Category.of(row);
    DataType type = target.declared();
    if (type == null) {
      return isSingle(row.model()) ? (Object) number.floatValue() : value;
    }
    Target treated = Targets.of(row.frame(), target.name());
    boolean whole = treated != null && treated.castInteger() != null;
    return switch (type.kind()) {
      case FLOAT -> number.floatValue();
      case INTEGER -> whole ? Values.cast(number, DataType.INTEGER) : value;
      default -> value;
    };
  }
}
