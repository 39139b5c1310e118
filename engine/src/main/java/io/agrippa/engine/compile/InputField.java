package io.agrippa.engine.compile;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import java.util.List;

/**
 * A field that a model takes.
 *
 * @param name of the field and of the data's column
 * @param textType what a text source should read the column as
 * @param values the valid values where the document lists them, as written
 * @param need whether scoring looks at it
 */
public record InputField(
    String name, DataType dataType, OpType opType, Type textType, List<String> values, Need need) {
  public InputField {
    values = List.copyOf(values);
  }

  /** Whether scoring looks at a field. */
  public enum Need {
    /** The data must have it. */
    READ,
    /** The document lists it, but no result depends on it. */
    UNUSED
  }
}
