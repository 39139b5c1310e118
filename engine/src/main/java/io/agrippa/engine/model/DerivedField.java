package io.agrippa.engine.model;

import java.util.List;

/** A DerivedField; {@code values} order an ordinal one. */
public record DerivedField(
    String name,
    String displayName,
    OpType opType,
    DataType dataType,
    List<Interval> intervals,
    List<Value> values,
    Expression expression,
    int line) {
  public DerivedField {
    intervals = List.copyOf(intervals);
    values = List.copyOf(values);
  }
}
