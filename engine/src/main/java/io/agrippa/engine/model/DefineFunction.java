package io.agrippa.engine.model;

import java.util.List;

/** A DefineFunction; {@code dataType} null where absent. */
public record DefineFunction(
    String name,
    OpType opType,
    DataType dataType,
    List<Parameter> parameters,
    Expression expression,
    int line) {
  public DefineFunction {
    parameters = List.copyOf(parameters);
  }

  /** A ParameterField; {@code opType} and {@code dataType} null where absent. */
  public record Parameter(String name, OpType opType, DataType dataType) {}
}
