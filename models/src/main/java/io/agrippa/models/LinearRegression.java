package io.agrippa.models;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Ordinary least squares; for a target that is a number.
 *
 * @param response what is fitted
 */
public record LinearRegression(Response response) implements Algorithm {
  static final String LABEL = "linear-regression";
  static final AlgorithmGuide GUIDE =
      AlgorithmGuide.of(
          new LinearRegression(),
          "linear regression by ordinary least squares, for a number",
          Map.of("response", "what is fitted: the target (identity) or its logarithm (log)"));

  public LinearRegression {
    Objects.requireNonNull(response, "response");
  }

  /** The defaults. */
  public LinearRegression() {
    this(Response.IDENTITY);
  }

  /** What is fitted. */
  public enum Response {
    /** The target. */
    IDENTITY,
    /**
     * The logarithm of the target, which must be above 0; the model predicts its exponential, which
     * is the median of the target if the residuals are symmetric.
     */
    LOG;

    /** Its name as an option's value. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static LinearRegression of(OptionReader options) {
    String text = options.text("response");
    return new LinearRegression(
        Arrays.stream(Response.values())
            .filter(r -> r.text().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s: option response is \"%s\"; it must be one of %s"
                            .formatted(
                                LABEL,
                                text,
                                Arrays.stream(Response.values())
                                    .map(Response::text)
                                    .collect(Collectors.joining(", "))))));
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("response", response.text());
    return options;
  }
}
