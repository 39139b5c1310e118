package io.agrippa.engine.compile;

import io.agrippa.engine.model.Expression;

/** Compiles expressions. */
final class ExpressionCompiler {
  /** Where an expression's field names are looked up. */
  interface Names {
    FieldHandle field(String name, int line);
  }

  private final PlanBuilder builder;
  private final Names names;
  private final String owner;
  private final String field;

  /**
   * A compiler for the expression of one element.
   *
   * @param owner the element, for messages
   * @param field the field that is computed, for messages about rows
   */
  ExpressionCompiler(PlanBuilder builder, Names names, String owner, String field) {
    this.builder = builder;
    this.names = names;
    this.owner = owner;
    this.field = field;
  }

  /** The expression in the type that it has. */
  Node compile(Expression expression) {
    if (expression instanceof Expression.FieldRef ref && ref.mapMissingTo() == null) {
      FieldHandle handle = names.field(ref.field(), ref.line());
      return new SlotNode(handle, handle.type());
    }
    return compile(expression, new FieldType(io.agrippa.engine.model.DataType.STRING, null));
  }

  /** The expression cast to a type. */
  Node compile(Expression expression, FieldType type) {
    if (expression instanceof Expression.FieldRef ref && ref.mapMissingTo() == null) {
      FieldHandle handle = names.field(ref.field(), ref.line());
      if (handle.type().dataType().equals(type.dataType())) {
        return new SlotNode(handle, type);
      }
    }
    throw builder.error(
        expression.line(),
        owner
            + " ("
            + field
            + "): "
            + expression.getClass().getSimpleName()
            + " is not supported; remove it");
  }
}
