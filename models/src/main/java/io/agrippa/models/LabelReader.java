package io.agrippa.models;

import io.agrippa.engine.model.DataType;
import java.util.Arrays;
import java.util.List;

/** Makes the target column into labels, for training and for measuring. */
final class LabelReader {
  private final TrainingTarget target;

  LabelReader(TrainingTarget target) {
    this.target = target;
  }

  /** Whether each row has a value to learn from or to measure with. */
  boolean[] present(Table table) {
    TableColumn column = table.column(target.column());
    boolean[] present = new boolean[table.rows()];
    for (int row = 0; row < present.length; row++) {
      present[row] = !column.isMissing(row);
    }
    return present;
  }

  /**
   * The labels of a table without missing targets, their classes found in it.
   *
   * @param place the data's name, for messages
   */
  Labels labels(Table table, String place) {
    TableColumn column = table.column(target.column());
    if (target instanceof TrainingTarget.Above above) {
      if (!(column instanceof TableColumn.Numbers numbers)) {
        throw new TrainingException(
            "%s: target \"%s\" compares column \"%s\", which is not a number; name one that is"
                .formatted(place, above.name(), above.column()));
      }
      int[] codes =
          Arrays.stream(numbers.values()).mapToInt(v -> v > above.bound() ? 1 : 0).toArray();
      return new Labels.Classes(
          above.name(), DataType.STRING, List.of(above.otherwise(), above.above()), codes);
    }
    if (column instanceof TableColumn.Numbers numbers) {
      return new Labels.Amounts(target.name(), numbers.values());
    }
    if (column instanceof TableColumn.Categories categories) {
      List<String> levels = FeatureLearner.levels(categories);
      int[] translation = categories.categories().stream().mapToInt(levels::indexOf).toArray();
      int[] codes = Arrays.stream(categories.codes()).map(c -> translation[c]).toArray();
      return new Labels.Classes(target.name(), categories.type(), levels, codes);
    }
    throw new TrainingException(
        "%s: target \"%s\" is a date or time; predict a number or a category"
            .formatted(place, target.column()));
  }
}
