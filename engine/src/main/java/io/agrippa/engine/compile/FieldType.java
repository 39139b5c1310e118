package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import java.util.List;

/**
 * The static type of a field or expression.
 *
 * @param order the values of an ordinal field in their order, as written; empty for natural order
 */
record FieldType(DataType dataType, OpType opType, List<String> order) {
  FieldType {
    order = List.copyOf(order);
  }

  FieldType(DataType dataType, OpType opType) {
    this(dataType, opType, List.of());
  }

  /** Whether vectors of this type hold codes of texts; all others hold numbers. */
  boolean isText() {
    return dataType.kind() == DataType.Kind.STRING;
  }
}
