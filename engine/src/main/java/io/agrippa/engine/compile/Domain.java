package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which values of a field are valid, invalid or stand for a missing one. One listed valid value
 * makes the list complete, and intervals are then not consulted; otherwise any value outside all
 * intervals is invalid. Markers match after conversion to the field's type, or else as text.
 * Immutable.
 */
final class Domain {
  /** The value may be used. */
  static final byte VALID = 0;

  /** The value stands for a missing one. */
  static final byte MISSING = 1;

  /** The value is not one that the field may have. */
  static final byte INVALID = 2;

  private final DataType type;
  private final List<String> validTexts = new ArrayList<>();
  private final Map<String, Byte> textMarkers = new HashMap<>();
  private final Set<String> validSet = new HashSet<>();
  private final double[] validNumbers;
  private final double[] missingNumbers;
  private final double[] invalidNumbers;
  private final boolean complete;
  private final List<Interval> intervals;

  Domain(DataType type, List<Value> values, List<Interval> intervals) {
    this.type = type;
    List<Double> valid = new ArrayList<>();
    List<Double> missing = new ArrayList<>();
    List<Double> invalid = new ArrayList<>();
    boolean anyValid = false;
    for (Value value : values) {
      String text = value.value();
      switch (value.property()) {
        case VALID -> {
          anyValid = true;
          validTexts.add(text);
          validSet.add(text);
          addNumber(text, valid);
        }
        case MISSING -> {
          textMarkers.put(text, MISSING);
          addNumber(text, missing);
        }
        case INVALID -> {
          textMarkers.put(text, INVALID);
          addNumber(text, invalid);
        }
      }
    }
    complete = anyValid;
    validNumbers = sorted(valid);
    missingNumbers = sorted(missing);
    invalidNumbers = sorted(invalid);
    this.intervals = anyValid ? List.of() : List.copyOf(intervals);
  }

  private void addNumber(String text, List<Double> numbers) {
    if (type.kind() != DataType.Kind.STRING) {
      try {
        numbers.add(Literals.number(text, type));
      } catch (LiteralException e) {
        // a marker such as N/A on a number: matches as text only
        return;
      }
    }
  }

  private static double[] sorted(List<Double> numbers) {
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Whether every value of the type (but NaN) is valid. */
  boolean isOpen() {
    return !complete && intervals.isEmpty() && textMarkers.isEmpty();
  }

  /**
   * Whether the valid values are those from {@link #least} to {@link #most}; false does not say
   * that they are not.
   */
  boolean isRange() {
    return !complete && intervals.size() == 1 && textMarkers.isEmpty();
  }

  /** The least valid number of a range. */
  double least() {
    Interval range = intervals.get(0);
    return range.excludesLeft() ? Math.nextUp(range.left()) : range.left();
  }

  /** The greatest valid number of a range. */
  double most() {
    Interval range = intervals.get(0);
    return range.excludesRight() ? Math.nextDown(range.right()) : range.right();
  }

  /** The valid values as written, in order; empty where the list is not complete. */
  List<String> validTexts() {
    return validTexts;
  }

  /** The intervals that valid numbers lie in; empty where there are none or values are listed. */
  List<Interval> ranges() {
    return intervals;
  }

  /** What a text of a string field is. */
  byte classify(String text) {
    Byte marker = textMarkers.get(text);
    if (marker != null) {
      return marker;
    }
    return !complete || validSet.contains(text) ? VALID : INVALID;
  }

  /** Whether the valid values are listed, and this text is neither among them nor a marker. */
  boolean isUnseen(String text) {
    return complete && !validSet.contains(text) && !textMarkers.containsKey(text);
  }

  /** Whether the valid values are listed, and this number is neither among them nor a marker. */
  boolean isUnseen(double value) {
    return complete
        && !Double.isNaN(value)
        && !has(validNumbers, value)
        && !has(missingNumbers, value)
        && !has(invalidNumbers, value);
  }

  /** What a text that is no value of the field's type is: a marker, or invalid. */
  byte classifyMalformed(String text) {
    return textMarkers.getOrDefault(text, INVALID);
  }

  /** What a value of a field that is not a string is. */
  byte classify(double value) {
    if (has(missingNumbers, value)) {
      return MISSING;
    }
    if (Double.isNaN(value) || has(invalidNumbers, value)) {
      return INVALID;
    }
    if (complete) {
      return has(validNumbers, value) ? VALID : INVALID;
    }
    if (intervals.isEmpty()) {
      return VALID;
    }
    for (Interval interval : intervals) {
      if (interval.contains(value)) {
        return VALID;
      }
    }
    return INVALID;
  }

  private static boolean has(double[] sorted, double value) {
    return sorted.length > 0 && Arrays.binarySearch(sorted, value + 0.0) >= 0;
  }

  /** What would be right, for messages. */
  String describe() {
    if (complete) {
      int shown = Math.min(validTexts.size(), 10);
      String list = String.join(", ", validTexts.subList(0, shown));
      return "one of "
          + list
          + (shown < validTexts.size() ? ", … (" + validTexts.size() + " values)" : "");
    }
    if (intervals.isEmpty()) {
      return "of type " + type + (textMarkers.isEmpty() ? "" : " and not marked as invalid");
    }
    StringBuilder text = new StringBuilder("in ");
    for (Interval interval : intervals) {
      text.append(text.length() > 3 ? " or " : "")
          .append(interval.excludesLeft() ? '(' : '[')
          .append(Literals.canonical(interval.left(), DataType.DOUBLE))
          .append(", ")
          .append(Literals.canonical(interval.right(), DataType.DOUBLE))
          .append(interval.excludesRight() ? ')' : ']');
    }
    return text.toString();
  }
}
