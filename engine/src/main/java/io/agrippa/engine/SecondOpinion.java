package io.agrippa.engine;

import io.agrippa.engine.compile.Tolerance;
import io.agrippa.engine.compile.VerificationReport;
import java.util.List;
import java.util.Optional;

/**
 * How the results of another evaluator compare with Agrippa's, cell by cell. A row that an
 * evaluator cannot score has no results; two cells without a value agree. Numbers agree within the
 * tolerance, all else if it is equal.
 *
 * @param evaluator who the other one is
 * @param rows rows that both scored
 * @param tolerance how far numbers may be apart
 * @param columns results that both give
 * @param differences the first ones, by row, then column
 * @param onlyOurs results that Agrippa alone gives
 * @param onlyTheirs results that the other alone gives
 * @param knownFaults what the other is known to get wrong that may concern this document: verbs and
 *     the rest of sentences that begin with its name
 */
public record SecondOpinion(
    String evaluator,
    long rows,
    Tolerance tolerance,
    List<Column> columns,
    List<Difference> differences,
    List<String> onlyOurs,
    List<String> onlyTheirs,
    List<String> knownFaults) {
  public SecondOpinion {
    columns = List.copyOf(columns);
    differences = List.copyOf(differences);
    onlyOurs = List.copyOf(onlyOurs);
    onlyTheirs = List.copyOf(onlyTheirs);
    knownFaults = List.copyOf(knownFaults);
  }

  /** Number of cells that differ, those of {@link #differences} and all others. */
  public long different() {
    return columns.stream().mapToLong(Column::different).sum();
  }

  /**
   * The comparison of one result.
   *
   * @param different cells that differ
   * @param greatest how far apart numbers are at most, agreeing or not; empty where none were
   *     compared as numbers
   */
  public record Column(
      String name, long different, Optional<VerificationReport.Distance> greatest) {}

  /**
   * A cell in which they differ.
   *
   * @param row of the data, from 1 on
   * @param column name of the result
   * @param ours what Agrippa gives, or why it gives nothing
   * @param theirs what the other gives, or why it gives nothing
   */
  public record Difference(long row, String column, String ours, String theirs) {}
}
