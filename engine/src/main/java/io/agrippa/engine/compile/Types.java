package io.agrippa.engine.compile;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DataType.Kind;
import io.agrippa.engine.model.OpType;

/** Which types expressions have. */
final class Types {
  static final FieldType INTEGER = new FieldType(DataType.INTEGER, OpType.CONTINUOUS);
  static final FieldType FLOAT = new FieldType(DataType.FLOAT, OpType.CONTINUOUS);
  static final FieldType DOUBLE = new FieldType(DataType.DOUBLE, OpType.CONTINUOUS);
  static final FieldType BOOLEAN = new FieldType(DataType.BOOLEAN, OpType.CATEGORICAL);
  static final FieldType STRING = new FieldType(DataType.STRING, OpType.CATEGORICAL);

  private Types() {}

  /** The field type that an expression of a data type has. */
  static FieldType of(DataType type) {
    return switch (type.kind()) {
      case STRING -> STRING;
      case BOOLEAN -> BOOLEAN;
      case INTEGER,
          FLOAT,
          DOUBLE,
          DATE,
          TIME,
          DATE_TIME,
          DATE_DAYS_SINCE,
          TIME_SECONDS,
          DATE_TIME_SECONDS_SINCE ->
          new FieldType(type, OpType.CONTINUOUS);
    };
  }

  /** A literal as a value of a type or, where it is none, of the type that its text has. */
  static ConstantNode literal(String text, FieldType type) {
    try {
      return ConstantNode.literal(text, type);
    } catch (LiteralException e) {
      return ConstantNode.literal(text, of(Literals.constantType(text)));
    }
  }

  /**
   * A type that holds the values of both: the wider of two numbers, else text. A missing constant
   * is of any type.
   */
  static FieldType common(Node a, Node b) {
    if (a instanceof ConstantNode constant && constant.isMissing()) {
      return b.type();
    }
    if (b instanceof ConstantNode constant && constant.isMissing()) {
      return a.type();
    }
    return common(a.type(), b.type());
  }

  private static FieldType common(FieldType a, FieldType b) {
    if (a.dataType().equals(b.dataType())) {
      return a.order().equals(b.order()) ? a : of(a.dataType());
    }
    return isCountable(a.dataType()) && isCountable(b.dataType()) ? widest(a, b) : STRING;
  }

  /** The type of arithmetic on two types: integer, float or double. */
  static FieldType widest(FieldType a, FieldType b) {
    FieldType left = arithmetic(a);
    FieldType right = arithmetic(b);
    return rank(left) >= rank(right) ? left : right;
  }

  private static int rank(FieldType type) {
    return switch (type.dataType().kind()) {
      case DOUBLE -> 2;
      case FLOAT -> 1;
      default -> 0;
    };
  }

  /** The type in which arithmetic takes values of a type: booleans and counts are integers. */
  static FieldType arithmetic(FieldType type) {
    return switch (type.dataType().kind()) {
      case DOUBLE -> DOUBLE;
      case FLOAT -> FLOAT;
      default -> INTEGER;
    };
  }

  /** Whether arithmetic may be done with values of a type. */
  static boolean isCountable(DataType type) {
    return switch (type.kind()) {
      case INTEGER,
          FLOAT,
          DOUBLE,
          BOOLEAN,
          DATE_DAYS_SINCE,
          TIME_SECONDS,
          DATE_TIME_SECONDS_SINCE ->
          true;
      case STRING, DATE, TIME, DATE_TIME -> false;
    };
  }

  /** Whether values are whole numbers of 32 bits, so that arithmetic on them may overflow. */
  static boolean isInteger(FieldType type) {
    return type.dataType().kind() == Kind.INTEGER;
  }
}
