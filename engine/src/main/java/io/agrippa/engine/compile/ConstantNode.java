package io.agrippa.engine.compile;

import io.agrippa.engine.data.Dictionary;
import java.util.Arrays;

/** The same value for all rows. */
final class ConstantNode extends Node {
  private final double number;
  private final String text;
  private final boolean missing;
  private final Dictionary dictionary;

  private ConstantNode(FieldType type, double number, String text, boolean missing) {
    super(type);
    this.number = number;
    this.text = text;
    this.missing = missing;
    dictionary = text == null ? Dictionary.EMPTY : Dictionary.of(text);
  }

  /** A number as vectors hold it. */
  static ConstantNode of(double number, FieldType type) {
    return new ConstantNode(type, number, null, false);
  }

  /** A text. */
  static ConstantNode of(String text, FieldType type) {
    return new ConstantNode(type, Double.NaN, text, false);
  }

  /** A missing value. */
  static ConstantNode missing(FieldType type) {
    return new ConstantNode(type, Double.NaN, null, true);
  }

  /**
   * A literal as a value of a type.
   *
   * @throws LiteralException if it is none
   */
  static ConstantNode literal(String text, FieldType type) {
    return type.isText() ? of(text, type) : of(Literals.number(text, type.dataType()), type);
  }

  boolean isMissing() {
    return missing;
  }

  /** The number; NaN for texts and missing values. */
  double number() {
    return number;
  }

  /** The text; null for numbers and missing values. */
  String text() {
    return text;
  }

  /** The value in another type. */
  ConstantNode as(FieldType other, Site site) {
    if (missing) {
      return missing(other);
    }
    if (type().dataType().equals(other.dataType())) {
      return new ConstantNode(other, number, text, false);
    }
    try {
      if (type().isText()) {
        return literal(text, other);
      }
      if (other.isText()) {
        return of(Literals.text(number, type().dataType()), other);
      }
      double cast =
          Cast.of(type().dataType(), other.dataType()).map(c -> c.cast(number)).orElse(Double.NaN);
      if (!Double.isNaN(cast) || Double.isNaN(number)) {
        return of(cast, other);
      }
    } catch (LiteralException e) {
      throw site.error(e.getMessage() + "; correct the value or the type");
    }
    throw site.error(
        "the constant %s is not a value of type %s; correct the value or the type"
            .formatted(Literals.text(number, type().dataType()), other.dataType()));
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    int rows = frame.rows();
    if (missing) {
      Inputs.allMissing(frame, out, type());
    } else if (type().isText()) {
      Arrays.fill(out.codeBuffer(), 0, rows, 0);
      out.dictionary = dictionary;
    } else {
      Arrays.fill(out.numberBuffer(), 0, rows, number);
    }
  }
}
