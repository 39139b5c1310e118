package io.agrippa.engine.data;

/**
 * Texts as codes of a dictionary.
 *
 * @param codes one code a row, {@link #MISSING} where the row has no value
 * @param dictionary what the codes stand for
 */
public record StringColumn(int[] codes, Dictionary dictionary) implements Column {
  /** The code of a missing value. */
  public static final int MISSING = -1;

  @Override
  public boolean isMissing(int row) {
    return codes[row] < 0;
  }

  /** The text of a row, or null where missing. */
  public String value(int row) {
    return codes[row] < 0 ? null : dictionary.value(codes[row]);
  }
}
