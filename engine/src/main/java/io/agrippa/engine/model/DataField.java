package io.agrippa.engine.model;

import java.util.List;

/** A DataField: a column of the input as the document declares it. */
public record DataField(
    String name,
    String displayName,
    OpType opType,
    DataType dataType,
    boolean cyclic,
    List<Interval> intervals,
    List<Value> values,
    int line) {
  public DataField {
    intervals = List.copyOf(intervals);
    values = List.copyOf(values);
  }
}
