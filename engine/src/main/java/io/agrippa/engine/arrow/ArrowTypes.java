package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Our types as Arrow's. Texts are codes of a dictionary whose id is the column's position. */
final class ArrowTypes {
  private static final ArrowType.Int CODES = new ArrowType.Int(32, true);
  private static final int DIGITS_OF_128_BITS = 38;
  private static final int DIGITS_OF_256_BITS = 76;

  private ArrowTypes() {}

  /** A schema as Arrow has it, with the dictionary of each text column. */
  static org.apache.arrow.vector.types.pojo.Schema schema(Schema schema) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      Type type = schema.field(i).type();
      DictionaryEncoding dictionary =
          type == Type.Scalar.STRING ? new DictionaryEncoding(i, false, CODES) : null;
      // A schema on the wire has the type of the dictionary's values.
      FieldType fieldType = new FieldType(true, of(schema.field(i)), dictionary);
      fields.add(new Field(schema.field(i).name(), fieldType, null));
    }
    return new org.apache.arrow.vector.types.pojo.Schema(fields);
  }

  /** A schema as Arrow has it, with texts that stand for themselves. */
  static org.apache.arrow.vector.types.pojo.Schema plainSchema(Schema schema) {
    List<Field> fields = new ArrayList<>();
    for (io.agrippa.engine.data.Field field : schema.fields()) {
      fields.add(new Field(field.name(), FieldType.nullable(of(field)), null));
    }
    return new org.apache.arrow.vector.types.pojo.Schema(fields);
  }

  private static ArrowType of(io.agrippa.engine.data.Field field) {
    Type type = field.type();
    if (type instanceof Type.Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> new ArrowType.Bool();
        case BYTE -> new ArrowType.Int(8, true);
        case SHORT -> new ArrowType.Int(16, true);
        case INT -> new ArrowType.Int(32, true);
        case LONG -> new ArrowType.Int(64, true);
        case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
        case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
        case STRING -> new ArrowType.Utf8();
        case DATE -> new ArrowType.Date(DateUnit.DAY);
        case BINARY -> new ArrowType.Binary();
      };
    }
    if (type instanceof Type.Time time) {
      return new ArrowType.Time(unit(time.unit()), time.unit() == Type.Unit.MILLIS ? 32 : 64);
    }
    if (type instanceof Type.Timestamp timestamp) {
      return switch (timestamp.clock()) {
        case LOCAL -> new ArrowType.Timestamp(unit(timestamp.unit()), null);
        case UTC -> new ArrowType.Timestamp(unit(timestamp.unit()), "UTC");
      };
    }
    if (type instanceof Type.Decimal decimal && decimal.precision() <= DIGITS_OF_256_BITS) {
      return new ArrowType.Decimal(decimal.precision(), decimal.scale(), 8 * decimalBytes(decimal));
    }
    throw new IllegalArgumentException(
        "column \"%s\" is a %s, which Arrow has no type for; leave it out"
            .formatted(field.name(), io.agrippa.engine.data.TypeText.of(type)));
  }

  private static TimeUnit unit(Type.Unit unit) {
    return switch (unit) {
      case MILLIS -> TimeUnit.MILLISECOND;
      case MICROS -> TimeUnit.MICROSECOND;
      case NANOS -> TimeUnit.NANOSECOND;
    };
  }

  /** Bytes of a decimal in Arrow. */
  static int decimalBytes(Type.Decimal decimal) {
    return decimal.precision() <= DIGITS_OF_128_BITS ? 16 : 32;
  }

  /** Bits of a whole number, date or time in Arrow; 1 for booleans. */
  static int bits(Type type) {
    if (type instanceof Type.Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> 1;
        case BYTE -> 8;
        case SHORT -> 16;
        case INT, DATE, FLOAT -> 32;
        case LONG, DOUBLE -> 64;
        case STRING, BINARY ->
            throw new IllegalArgumentException("values of a " + type + " differ in length");
      };
    }
    return type instanceof Type.Time time && time.unit() == Type.Unit.MILLIS ? 32 : 64;
  }
}
