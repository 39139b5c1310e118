package io.agrippa.engine.model;

import java.util.List;

/**
 * A DefineFunction; {@code opType} and {@code dataType} null where absent.
 *
 * @param derivedFields what the body may refer to besides the parameters; nearly always none: an
 *     extension that some documents use, inside which a function may call itself
 */
public record DefineFunction(
    String name,
    OpType opType,
    DataType dataType,
    List<Parameter> parameters,
    List<DerivedField> derivedFields,
    Expression expression,
    int line) {
  public DefineFunction {
    parameters = List.copyOf(parameters);
    derivedFields = List.copyOf(derivedFields);
  }

  /** A ParameterField; {@code opType} and {@code dataType} null where absent. */
  public record Parameter(String name, OpType opType, DataType dataType) {}
}
