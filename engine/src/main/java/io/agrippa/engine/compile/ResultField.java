package io.agrippa.engine.compile;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;

/**
 * A result that a model gives.
 *
 * @param name of the field and of its column
 * @param type of the column
 * @param feature what it is, as PMML names it: {@code predictedValue}, {@code probability} …
 * @param value the category that a probability or the like is for, or null
 * @param origin what it stands for in the document
 */
public record ResultField(
    String name,
    DataType dataType,
    OpType opType,
    Type type,
    String feature,
    String value,
    Origin origin) {
  /** Where a result comes from. */
  public enum Origin {
    /** The model's target. */
    TARGET,
    /** An OutputField. */
    OUTPUT
  }
}
