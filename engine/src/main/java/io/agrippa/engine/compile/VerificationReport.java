package io.agrippa.engine.compile;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a model's results compare with those that its document gives in ModelVerification.
 *
 * @param rows rows that the document gives
 * @param columns one for each result that is compared, in the document's order
 */
public record VerificationReport(int rows, List<Column> columns) {
  public VerificationReport {
    columns = List.copyOf(columns);
  }

  /** Whether all results are within their tolerances. */
  public boolean agrees() {
    return columns.stream().allMatch(column -> column.first().isEmpty());
  }

  /** The first difference by row, then column. */
  public Optional<Difference> first() {
    return columns.stream()
        .flatMap(column -> column.first().stream())
        .min(Comparator.comparingInt(Difference::row));
  }

  /**
   * The comparison of one result.
   *
   * @param field name of the result
   * @param precision relative tolerance
   * @param zeroThreshold two numbers within it of zero agree
   * @param cells cells that the document gives; empty ones are not compared
   * @param different those of them that do not agree
   * @param greatest how far apart numbers are at most, agreeing or not; empty where none were
   *     compared as numbers
   * @param first the first that does not agree
   */
  public record Column(
      String field,
      double precision,
      double zeroThreshold,
      int cells,
      int different,
      Optional<Distance> greatest,
      Optional<Difference> first) {}

  /**
   * Distances between numbers, each the greatest of its kind.
   *
   * @param absolute of their difference
   * @param relative to the expected number; infinite where that is zero and the other is not
   * @param ulps in units of the last place of the expected number, in the result's type
   */
  public record Distance(double absolute, double relative, double ulps) {}

  /**
   * A result that does not agree.
   *
   * @param row its row, from 1 on
   * @param field name of the result
   * @param expected what the document gives
   * @param actual what the model gives, or why it gives nothing
   */
  public record Difference(int row, String field, String expected, String actual) {}
}
