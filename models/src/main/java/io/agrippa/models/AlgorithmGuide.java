package io.agrippa.models;

import java.util.List;
import java.util.Map;

/**
 * What there is to know about an algorithm before using it.
 *
 * @param name the name it is asked for by
 * @param title what it is and what targets it takes, in one line
 * @param options what can be set, in order
 */
public record AlgorithmGuide(String name, String title, List<Option> options) {
  public AlgorithmGuide {
    options = List.copyOf(options);
  }

  /**
   * Something that can be set.
   *
   * @param name its name
   * @param defaultValue the value it has unless it is set
   * @param meaning what it does, and the values it takes
   */
  public record Option(String name, String defaultValue, String meaning) {}

  /** A guide whose defaults are the options of an algorithm. */
  static AlgorithmGuide of(Algorithm defaults, String title, Map<String, String> meanings) {
    return new AlgorithmGuide(
        defaults.label(),
        title,
        defaults.options().entrySet().stream()
            .map(e -> new Option(e.getKey(), e.getValue(), meanings.get(e.getKey())))
            .toList());
  }
}
