package io.agrippa.models;

import io.agrippa.engine.model.DataType;
import java.util.List;

/** The target's values of the training rows. */
sealed interface Labels {
  /** The name of the prediction. */
  String name();

  /**
   * Classes.
   *
   * @param type string, boolean or integer
   * @param levels the classes; where there are two, the second is the one whose probability counts
   * @param codes the class of each row
   */
  record Classes(String name, DataType type, List<String> levels, int[] codes) implements Labels {
    public Classes {
      levels = List.copyOf(levels);
    }
  }

  /**
   * Numbers.
   *
   * @param values one a row
   */
  record Amounts(String name, double[] values) implements Labels {}
}
