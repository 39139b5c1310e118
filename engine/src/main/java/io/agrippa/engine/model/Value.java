package io.agrippa.engine.model;

/** A Value element: a value of a field, what to show for it (or null), and what it stands for. */
public record Value(String value, String displayValue, Property property) {
  /** What a listed value stands for. */
  public enum Property {
    /** One of the valid values. */
    VALID,
    /** To be treated as invalid. */
    INVALID,
    /** To be treated as missing. */
    MISSING
  }
}
