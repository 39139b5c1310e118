package io.agrippa.cli.conformance;

/** What came of a case. */
public sealed interface Verdict {
  /** Every compared cell is as expected. */
  record Passed(long cells) implements Verdict {}

  /**
   * Some cells are not as expected.
   *
   * @param wrongCells how many
   * @param cells of how many
   * @param wrongRows how many rows hold one
   * @param rows of how many
   * @param first the first of them, by row, then column
   */
  record Different(long wrongCells, long cells, int wrongRows, int rows, Difference first)
      implements Verdict {}

  /** There is nothing to compare: the engine refused the model or the rows, or failed. */
  record Refused(String reason) implements Verdict {}

  /**
   * A cell that is not as expected.
   *
   * @param row number of the row, from 1
   * @param column its column
   * @param expected the text that was expected, null for a missing value
   * @param actual the value that came, as text; null for a missing value
   */
  record Difference(int row, String column, String expected, String actual) {
    @Override
    public String toString() {
      return "row %d, %s: expected %s, got %s"
          .formatted(row, column, quoted(expected), quoted(actual));
    }

    private static String quoted(String text) {
      return text == null ? "missing" : "\"" + text + "\"";
    }
  }
}
