package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import java.util.List;

/**
 * A field as a model sees it in one row.
 *
 * @param order the valid values of an ordinal field from the least to the greatest, empty where the
 *     document lists none
 * @param value null where missing
 */
record Variable(DataType type, OpType opType, List<String> order, Object value) {
  /** A field without a value. */
  static final Variable MISSING = new Variable(null, null, List.of(), null);

  Variable with(Object other) {
    return new Variable(type, opType, order, other);
  }
}
