package io.agrippa.engine.compile;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a model's results compare with expected ones: those that its document gives in
 * ModelVerification, or those of a table.
 *
 * @param rows rows that were compared
 * @param columns one for each result that is compared, in the order of what is expected
 * @param others columns of the table that are no results of the model, and so not compared
 */
public record VerificationReport(long rows, List<Column> columns, List<String> others) {
  /** So many of a column's differences are named. */
  public static final int MOST_DIFFERENCES = 5;

  public VerificationReport {
    columns = List.copyOf(columns);
    others = List.copyOf(others);
  }

  /** Whether all results are within their tolerances. */
  public boolean agrees() {
    return columns.stream().allMatch(column -> column.different() == 0);
  }

  /** The first difference by row, then column. */
  public Optional<Difference> first() {
    return columns.stream()
        .flatMap(column -> column.differences().stream())
        .min(Comparator.comparingLong(Difference::row));
  }

  /**
   * The comparison of one result.
   *
   * @param field name of the result
   * @param tolerance how far numbers may be from the expected ones
   * @param cells cells that were compared; those that a ModelVerification leaves empty are not
   * @param different those of them that do not agree
   * @param greatest how far apart numbers are at most, agreeing or not; empty where none were
   *     compared as numbers
   * @param differences the first that do not agree, {@link #MOST_DIFFERENCES} at most
   */
  public record Column(
      String field,
      Tolerance tolerance,
      long cells,
      long different,
      Optional<Distance> greatest,
      List<Difference> differences) {
    public Column {
      differences = List.copyOf(differences);
    }
  }

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
   * @param expected what is expected
   * @param actual what the model gives, or why it gives nothing
   */
  public record Difference(long row, String field, String expected, String actual) {}
}
