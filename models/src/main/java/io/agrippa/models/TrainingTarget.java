package io.agrippa.models;

import java.util.Objects;

/** What is to be predicted. */
public sealed interface TrainingTarget {
  /** The column that it is read from. */
  String column();

  /** The name that the model gives its prediction. */
  String name();

  /** A column of the data as it is. Its name is the prediction's. */
  record Column(String column) implements TrainingTarget {
    public Column {
      Objects.requireNonNull(column, "column");
    }

    @Override
    public String name() {
      return column;
    }
  }

  /**
   * Whether a number lies above a bound: two classes.
   *
   * @param name the name of the prediction, other than that of any column
   * @param column the column with the number
   * @param bound the greatest number that is not above
   * @param above the class of the numbers above
   * @param otherwise the class of the other numbers
   */
  record Above(String name, String column, double bound, String above, String otherwise)
      implements TrainingTarget {
    public Above {
      Objects.requireNonNull(column, "column");
      if (name.isBlank() || above.isBlank() || otherwise.isBlank() || above.equals(otherwise)) {
        throw new IllegalArgumentException(
            "target \"%s\" with the classes \"%s\" and \"%s\": name it and name two different classes"
                .formatted(name, above, otherwise));
      }
      if (Double.isNaN(bound)) {
        throw new IllegalArgumentException(
            "target \"%s\": the bound is not a number".formatted(name));
      }
    }
  }

  /**
   * A target as a command line writes it: {@code COLUMN}, or {@code NAME=COLUMN>NUMBER} for the
   * classes {@code NAME} and {@code not NAME}.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  static TrainingTarget parse(String text) {
    int equal = text.indexOf('=');
    int above = text.lastIndexOf('>');
    if (equal < 0 && above < 0 && !text.isBlank()) {
      return new Column(text);
    }
    if (equal > 0 && above > equal + 1) {
      String name = text.substring(0, equal).strip();
      String column = text.substring(equal + 1, above).strip();
      try {
        double bound = Double.parseDouble(text.substring(above + 1).strip());
        return new Above(name, column, bound, name, "not " + name);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(refusal(text), e);
      }
    }
    throw new IllegalArgumentException(refusal(text));
  }

  private static String refusal(String text) {
    return "target \"%s\" cannot be read; write COLUMN, or NAME=COLUMN>NUMBER".formatted(text);
  }
}
