package io.agrippa.engine;

import java.util.List;
import java.util.Optional;

/**
 * How data suits a model: which rows it would refuse and why.
 *
 * @param input what the data is called
 * @param rows rows that were looked at
 * @param badRows those of them that cannot be scored
 * @param problems what is wrong with them, the most frequent first; of a row, what is found first
 * @param absent columns that the model reads and the data does not have; all their values counted
 *     as missing here, and a job would not begin
 * @param unused columns of the data that the model does not read
 */
public record SampleReport(
    String input,
    long rows,
    long badRows,
    List<Problem> problems,
    List<String> absent,
    List<String> unused) {
  public SampleReport {
    problems = List.copyOf(problems);
    absent = List.copyOf(absent);
    unused = List.copyOf(unused);
  }

  /**
   * Something wrong with rows.
   *
   * @param field the field at fault
   * @param reason what is wrong with its values and what would be right
   * @param rows how many rows have it
   * @param first the first of them
   */
  public record Problem(String field, String reason, long rows, List<Example> first) {
    public Problem {
      first = List.copyOf(first);
    }
  }

  /**
   * A row with something wrong.
   *
   * @param origin the file or stream of the row
   * @param row its number among the rows of its origin, from 1; a header is not counted
   * @param value the value at fault as text; empty where it is missing
   */
  public record Example(String origin, long row, Optional<String> value) {}
}
