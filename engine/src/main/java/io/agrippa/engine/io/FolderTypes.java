package io.agrippa.engine.io;

import io.agrippa.engine.data.Type;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds the type of a column whose values are the names of folders. */
final class FolderTypes {
  private static final Pattern WHOLE = Pattern.compile("-?\\d+");
  private static final Pattern REAL =
      Pattern.compile("-?(\\d+\\.\\d*|\\.\\d+|\\d+(?=[eE]))([eE][+-]?\\d+)?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  private FolderTypes() {}

  /**
   * The narrowest of long, double, date and string that all values have; string where there is
   * none.
   *
   * @param values null where missing
   */
  static Type of(List<String> values) {
    List<String> distinct = values.stream().filter(Objects::nonNull).distinct().toList();
    if (distinct.isEmpty()) {
      return Type.Scalar.STRING;
    }
    if (all(distinct, FolderTypes::isLong)) {
      return Type.Scalar.LONG;
    }
    // A whole number too large for a long would lose digits as a double: it is a name.
    if (all(distinct, value -> isLong(value) || REAL.matcher(value).matches())) {
      return Type.Scalar.DOUBLE;
    }
    return all(distinct, FolderTypes::isDate) ? Type.Scalar.DATE : Type.Scalar.STRING;
  }

  private static boolean all(List<String> values, Predicate<String> test) {
    return values.stream().allMatch(test);
  }

  private static boolean isLong(String value) {
    if (!WHOLE.matcher(value).matches()) {
      return false;
    }
    try {
      Long.parseLong(value);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isDate(String value) {
    if (!DATE.matcher(value).matches()) {
      return false;
    }
    try {
      LocalDate.parse(value);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }
}
