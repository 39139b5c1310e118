package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Type;
import java.util.List;
import java.util.Optional;

/**
 * What is in some rows, field by field.
 *
 * @param rows how many
 * @param fields one a column, in their order
 */
public record Profile(long rows, List<Field> fields) {
  public Profile {
    fields = List.copyOf(fields);
  }

  /**
   * What is in one column.
   *
   * @param name of the column
   * @param type of the column
   * @param values rows with a value of the type
   * @param missing rows without a value
   * @param malformed rows with a text that is no value of the type
   * @param numbers of the numbers; for texts, of those that write one; empty where there are none
   * @param distinct how many different values; empty for byte strings
   * @param top the most frequent values
   */
  public record Field(
      String name,
      Type type,
      long values,
      long missing,
      long malformed,
      Optional<Numbers> numbers,
      Optional<Distinct> distinct,
      Top top) {
    /** A number as this field's values are written: a date as a date. */
    public String text(double number) {
      return ValueText.of(type, number);
    }
  }

  /**
   * What is known of numbers. Dates and times are numbers of days or of the type's units.
   *
   * @param count numbers, infinities included, NaN not
   * @param notNumbers how many NaN there are besides
   * @param infinities how many of the numbers are infinite; mean and variance leave them out
   * @param least the least; NaN where there is none
   * @param greatest the greatest; NaN where there is none
   * @param mean exact, rounded once; NaN where there is none
   * @param variance of the sample (divisor n − 1), exact, rounded once; NaN of fewer than two
   * @param quantiles ascending by share
   * @param relativeError how far a quantile may be from a number that it stands for, relative to
   *     it; 0 where quantiles are exact
   */
  public record Numbers(
      long count,
      long notNumbers,
      long infinities,
      double least,
      double greatest,
      double mean,
      double variance,
      List<Quantile> quantiles,
      double relativeError) {
    public Numbers {
      quantiles = List.copyOf(quantiles);
    }
  }

  /**
   * The least value that at least a share of all values does not exceed.
   *
   * @param share 0 to 1
   */
  public record Quantile(double share, double value) {}

  /**
   * How many different values.
   *
   * @param count exact or estimated
   * @param relativeError the estimate's standard deviation relative to the truth; 0 where exact
   */
  public record Distinct(long count, double relativeError) {}

  /**
   * The most frequent values.
   *
   * @param values descending by count
   * @param error by how much a count may be too low, and how often a value may have occurred that
   *     is not listed though it was as frequent; 0 where exact
   */
  public record Top(List<Frequent> values, long error) {
    public Top {
      values = List.copyOf(values);
    }
  }

  /** A value as text and how often it occurred. */
  public record Frequent(String value, long count) {}
}
