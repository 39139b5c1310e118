package io.agrippa.engine.compile;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.OpType;
import java.util.List;

/**
 * A field that a model takes.
 *
 * @param name of the field and of the data's column
 * @param textType what a text source should read the column as
 * @param values the valid values where the document lists them, as written
 * @param ranges the intervals that valid values lie in; empty where there are no bounds
 * @param need whether scoring looks at it
 */
public record InputField(
    String name,
    DataType dataType,
    OpType opType,
    Type textType,
    List<String> values,
    List<Interval> ranges,
    Need need) {
  public InputField {
    values = List.copyOf(values);
    ranges = List.copyOf(ranges);
  }

  /** This field under another name. */
  public InputField named(String other) {
    return new InputField(other, dataType, opType, textType, values, ranges, need);
  }

  /** Whether scoring looks at a field. */
  public enum Need {
    /** The data must have it. */
    READ,
    /** The document lists it, but no result depends on it. */
    UNUSED
  }
}
