package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Classes by number, in the order in which they were met. */
final class Labels {
  /** More classes than this are taken for a mistake. */
  static final int MOST = 1000;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> labels = new ArrayList<>();

  /**
   * The number of a class, a new one where it was not met before.
   *
   * @throws IllegalArgumentException if there are too many
   */
  int number(String label) {
    Integer known = numbers.get(label);
    if (known != null) {
      return known;
    }
    if (labels.size() == MOST) {
      throw new IllegalArgumentException(
          "more than %d different classes, such as \"%s\" and \"%s\"; if these are numbers to predict, the model is to be one for regression, else check which columns are named"
              .formatted(MOST, labels.get(0), label));
    }
    numbers.put(label, labels.size());
    labels.add(label);
    return labels.size() - 1;
  }

  int size() {
    return labels.size();
  }

  String label(int number) {
    return labels.get(number);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(labels.size());
    for (String label : labels) {
      Reading.writeText(out, label);
    }
  }

  /** Fills an empty one. */
  void read(DataInput in) throws IOException {
    int count = Reading.count(in, MOST, "classes");
    for (int i = 0; i < count; i++) {
      number(Reading.text(in));
    }
  }
}
