package io.agrippa.engine.reference;

import io.agrippa.engine.data.Type;

/** A field that PMML4S asks for. */
record Input(String name, Kind kind) {
  /** What PMML4S wants to be given for it. */
  enum Kind {
    /** A whole number, as a long. */
    INTEGER,
    /** A double. */
    NUMBER,
    /** A boolean. */
    BOOLEAN,
    /** A date, as a java.util.Date of its midnight in UTC. */
    DATE,
    /** A date and time, as a java.util.Date of its reading in UTC. */
    DATE_TIME,
    /** A time, as a java.util.Date of its reading in UTC on 1970-01-01. */
    TIME,
    /** A text. */
    TEXT;

    /** What a text source should read the column as. */
    Type textType() {
      return switch (this) {
        case INTEGER -> Type.Scalar.LONG;
        case NUMBER -> Type.Scalar.DOUBLE;
        case BOOLEAN -> Type.Scalar.BOOLEAN;
        case DATE -> Type.Scalar.DATE;
        case DATE_TIME -> new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL);
        case TIME -> new Type.Time(Type.Unit.MICROS);
        case TEXT -> Type.Scalar.STRING;
      };
    }
  }
}
