package io.agrippa.engine;

import io.agrippa.engine.compile.Tolerance;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How two evaluators are compared.
 *
 * @param tolerance how far the other's number may be from Agrippa's
 * @param mostDifferences how many differences to tell with their values; all are counted
 * @param limit how many rows to compare, from the first; all where empty
 */
public record OpinionOptions(Tolerance tolerance, int mostDifferences, OptionalLong limit) {
  /** Tolerances as ModelVerification has them by default; 20 differences; all rows. */
  public static final OpinionOptions DEFAULT =
      new OpinionOptions(new Tolerance(1e-6, 1e-16), 20, OptionalLong.empty());

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public OpinionOptions {
    Objects.requireNonNull(tolerance, "tolerance");
    if (mostDifferences < 0 || limit.orElse(0) < 0) {
      throw new IllegalArgumentException(
          "differences %d, rows %s: must be 0 or more".formatted(mostDifferences, limit));
    }
  }
}
