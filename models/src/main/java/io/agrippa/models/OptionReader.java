package io.agrippa.models;

import java.util.List;
import java.util.Map;

/** Reads the options of an algorithm from text; what is not given has its default. */
final class OptionReader {
  private final AlgorithmGuide guide;
  private final Map<String, String> given;

  OptionReader(AlgorithmGuide guide, Map<String, String> given) {
    this.guide = guide;
    this.given = Map.copyOf(given);
    List<String> known = guide.options().stream().map(AlgorithmGuide.Option::name).toList();
    for (String name : this.given.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "%s has no option \"%s\"; its options are %s"
                .formatted(guide.name(), name, String.join(", ", known)));
      }
    }
  }

  String text(String name) {
    String value = given.get(name);
    if (value != null) {
      return value;
    }
    return guide.options().stream()
        .filter(o -> o.name().equals(name))
        .findFirst()
        .orElseThrow()
        .defaultValue();
  }

  int whole(String name) {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong(name, "a whole number"), e);
    }
  }

  double number(String name) {
    try {
      return Double.parseDouble(text(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong(name, "a number"), e);
    }
  }

  private String wrong(String name, String wanted) {
    return "%s: option %s is \"%s\"; give %s".formatted(guide.name(), name, text(name), wanted);
  }

  /** Refuses a value outside its range. */
  static void require(boolean holds, String label, String option, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: option %s is %s; it must be %s".formatted(label, option, value, range));
    }
  }
}
