package io.agrippa.engine.analysis;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The parameters of an analysis, as given. */
final class Parameters {
  private final String analysis;
  private final Map<String, String> given;

  /**
   * @throws IllegalArgumentException if one is given that is not known
   */
  Parameters(String analysis, Map<String, String> given, List<String> known) {
    this.analysis = analysis;
    this.given = given;
    for (String name : given.keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "analysis %s: there is no parameter \"%s\"; the parameters are %s"
                .formatted(analysis, name, String.join(", ", known)));
      }
    }
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name));
  }

  String require(String name) {
    return text(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "analysis %s: the parameter \"%s\" is missing; give it"
                        .formatted(analysis, name)));
  }

  /** A whole number from 0 to {@code most}. */
  int number(String name, int usual, int most) {
    if (!given.containsKey(name)) {
      return usual;
    }
    try {
      int number = Integer.parseInt(given.get(name));
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw wrong(name, most, e);
    }
    throw wrong(name, most, null);
  }

  private IllegalArgumentException wrong(String name, int most, Throwable cause) {
    return new IllegalArgumentException(
        "analysis %s: %s \"%s\" must be a whole number from 0 to %d"
            .formatted(analysis, name, given.get(name), most),
        cause);
  }
}
