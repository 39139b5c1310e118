package io.agrippa.engine.compile;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.RowProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds results against expected ones, row by row: a cell that has no value agrees with a result
 * that is missing, or with a row that has no result. Used by one thread.
 */
public final class ResultComparison {
  private final List<ResultField> results;
  private final List<VerificationTally> tallies = new ArrayList<>();
  private final List<String> others;
  private final Map<Integer, RowProblem> problems = new HashMap<>();
  private long rows;
  private Block actual;
  private final int[] positions;

  /**
   * A comparison that has compared nothing.
   *
   * @param results those to compare, in order
   * @param tolerance how far numbers may be from the expected ones
   * @param others names of what is not compared, for the report
   */
  public ResultComparison(List<ResultField> results, Tolerance tolerance, List<String> others) {
    this.results = List.copyOf(results);
    results.forEach(result -> tallies.add(new VerificationTally(result, tolerance)));
    this.others = List.copyOf(others);
    positions = new int[results.size()];
  }

  /** Takes a block of results, whose rows are to be compared in order. */
  public void begin(Block scored) {
    actual = scored;
    problems.clear();
    scored.problems().forEach(problem -> problems.put(problem.row(), problem));
    for (int i = 0; i < positions.length; i++) {
      positions[i] = scored.schema().indexOf(results.get(i).name());
    }
  }

  /**
   * Compares a row of the block.
   *
   * @param row its position in the block
   * @param expected a block that has what is expected, a column for each result in order
   * @param at the row in it
   */
  public void compare(int row, Block expected, int at) {
    rows++;
    for (int i = 0; i < positions.length; i++) {
      Column cell = expected.column(i);
      String text =
          cell.isMissing(at) ? null : ColumnText.text(expected.schema().field(i).type(), cell, at);
      tallies
          .get(i)
          .compare(
              rows,
              text,
              actual.schema().field(positions[i]).type(),
              actual.column(positions[i]),
              row,
              problems.get(row));
    }
  }

  /** What came of it so far. */
  public VerificationReport report() {
    return new VerificationReport(
        rows, tallies.stream().map(VerificationTally::column).toList(), others);
  }
}
