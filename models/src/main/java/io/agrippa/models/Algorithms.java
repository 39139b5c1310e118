package io.agrippa.models;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The algorithms by name, for those who have only text: a command line, a recipe. */
public final class Algorithms {
  private static final List<AlgorithmGuide> GUIDES =
      List.of(
          GradientBoostedTrees.GUIDE,
          RandomForest.GUIDE,
          LogisticRegression.GUIDE,
          LinearRegression.GUIDE);

  private Algorithms() {}

  /** All algorithms with what can be set. */
  public static List<AlgorithmGuide> all() {
    return GUIDES;
  }

  /**
   * The algorithm of a name with options as text.
   *
   * @param options values by option name; those left out have their defaults
   * @throws IllegalArgumentException if there is no such algorithm or option, or a value is not one
   *     of the option's
   */
  public static Algorithm named(String name, Map<String, String> options) {
    AlgorithmGuide guide =
        GUIDES.stream()
            .filter(g -> g.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "algorithm \"%s\" is not known; choose one of %s"
                            .formatted(
                                name,
                                GUIDES.stream()
                                    .map(AlgorithmGuide::name)
                                    .collect(Collectors.joining(", ")))));
    OptionReader reader = new OptionReader(guide, options);
    return switch (guide.name()) {
      case GradientBoostedTrees.LABEL -> GradientBoostedTrees.of(reader);
      case RandomForest.LABEL -> RandomForest.of(reader);
      case LogisticRegression.LABEL -> LogisticRegression.of(reader);
      case LinearRegression.LABEL -> LinearRegression.of(reader);
      default -> throw new IllegalStateException(guide.name() + " is listed but cannot be made");
    };
  }
}
