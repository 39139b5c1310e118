package io.agrippa.engine.compile;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataField;

/**
 * A field of the DataDictionary that a plan reads.
 *
 * @param number its position among the inputs
 * @param memo translation of its dictionary
 * @param slot of its values, classified but not treated
 */
record InputSpec(int number, DataField field, FieldType type, Domain domain, int memo, int slot) {
  /**
   * The column type that a text source should read it as. What does not fit it is looked at as text
   * again.
   */
  Type textType() {
    return switch (field.dataType().kind()) {
      case STRING, BOOLEAN -> Type.Scalar.STRING;
      case INTEGER -> Type.Scalar.LONG;
      case FLOAT -> Type.Scalar.FLOAT;
      case DOUBLE -> Type.Scalar.DOUBLE;
      case DATE, DATE_DAYS_SINCE -> Type.Scalar.DATE;
      case TIME -> new Type.Time(Type.Unit.MICROS);
      case TIME_SECONDS -> Type.Scalar.STRING;
      case DATE_TIME, DATE_TIME_SECONDS_SINCE ->
          new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL);
    };
  }
}
