package io.agrippa.engine.io;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Type;
import java.math.BigInteger;
import java.util.Locale;
import org.apache.parquet.format.BsonType;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.EnumType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.JsonType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MapType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.NanoSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;

/** Parquet's types and ours, in both directions. */
final class ParquetTypes {
  private ParquetTypes() {}

  /** What blocks hold for a column of a file. */
  static Type type(SchemaElement element) {
    LogicalType logical = logical(element);
    if (!element.isSetType()) {
      return new Type.Foreign(logical == null ? "nested columns" : description(logical));
    }
    if (element.getRepetition_type() == FieldRepetitionType.REPEATED) {
      return new Type.Foreign("repeated values");
    }
    if (element.isSetConverted_type() && element.getConverted_type() == ConvertedType.INTERVAL) {
      return new Type.Foreign("interval");
    }
    if (logical == null) {
      return physical(element);
    }
    return switch (logical.getSetField()) {
      case STRING, ENUM, JSON, UUID -> Type.Scalar.STRING;
      case BSON -> Type.Scalar.BINARY;
      case DATE -> Type.Scalar.DATE;
      case FLOAT16 -> Type.Scalar.FLOAT;
      case UNKNOWN -> physical(element); // a column without any value
      case TIME -> new Type.Time(unit(logical.getTIME().getUnit()));
      case TIMESTAMP ->
          new Type.Timestamp(
              unit(logical.getTIMESTAMP().getUnit()),
              logical.getTIMESTAMP().isIsAdjustedToUTC() ? Type.Clock.UTC : Type.Clock.LOCAL);
      case INTEGER -> integer(logical.getINTEGER());
      case DECIMAL -> decimal(logical.getDECIMAL());
      case MAP, LIST, VARIANT, GEOMETRY, GEOGRAPHY -> new Type.Foreign(description(logical));
    };
  }

  private static String description(LogicalType logical) {
    return logical.getSetField().getFieldName().toLowerCase(Locale.ROOT);
  }

  private static Type physical(SchemaElement element) {
    return switch (element.getType()) {
      case BOOLEAN -> Type.Scalar.BOOLEAN;
      case INT32 -> Type.Scalar.INT;
      case INT64 -> Type.Scalar.LONG;
      case INT96 -> new Type.Timestamp(Type.Unit.NANOS, Type.Clock.UTC);
      case FLOAT -> Type.Scalar.FLOAT;
      case DOUBLE -> Type.Scalar.DOUBLE;
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> Type.Scalar.BINARY;
    };
  }

  /** Unsigned integers get the next wider type; those of 64 bits are checked when they are read. */
  private static Type integer(IntType type) {
    int bits = type.getBitWidth() * (type.isIsSigned() ? 1 : 2);
    return switch (bits) {
      case 8 -> Type.Scalar.BYTE;
      case 16 -> Type.Scalar.SHORT;
      case 32 -> Type.Scalar.INT;
      default -> Type.Scalar.LONG;
    };
  }

  private static Type decimal(DecimalType type) {
    int precision = type.getPrecision();
    int scale = type.getScale();
    return precision < 1 || scale < 0 || scale > precision
        ? new Type.Foreign("decimal(" + precision + "," + scale + ")")
        : new Type.Decimal(precision, scale);
  }

  private static Type.Unit unit(TimeUnit unit) {
    return unit.isSetMILLIS()
        ? Type.Unit.MILLIS
        : unit.isSetMICROS() ? Type.Unit.MICROS : Type.Unit.NANOS;
  }

  /** Whether stored integers count from zero. */
  static boolean isUnsigned(SchemaElement element) {
    LogicalType logical = logical(element);
    return logical != null && logical.isSetINTEGER() && !logical.getINTEGER().isIsSigned();
  }

  /** The logical type, also where a file has only its older form; null where there is none. */
  private static LogicalType logical(SchemaElement element) {
    if (element.isSetLogicalType()) {
      return element.getLogicalType();
    }
    if (!element.isSetConverted_type()) {
      return null;
    }
    return switch (element.getConverted_type()) {
      case UTF8 -> LogicalType.STRING(new StringType());
      case ENUM -> LogicalType.ENUM(new EnumType());
      case JSON -> LogicalType.JSON(new JsonType());
      case BSON -> LogicalType.BSON(new BsonType());
      case DATE -> LogicalType.DATE(new DateType());
      case DECIMAL ->
          LogicalType.DECIMAL(new DecimalType(element.getScale(), element.getPrecision()));
      case TIME_MILLIS -> LogicalType.TIME(new TimeType(true, millis()));
      case TIME_MICROS -> LogicalType.TIME(new TimeType(true, micros()));
      case TIMESTAMP_MILLIS -> LogicalType.TIMESTAMP(new TimestampType(true, millis()));
      case TIMESTAMP_MICROS -> LogicalType.TIMESTAMP(new TimestampType(true, micros()));
      case UINT_8 -> integer(8, false);
      case UINT_16 -> integer(16, false);
      case UINT_32 -> integer(32, false);
      case UINT_64 -> integer(64, false);
      case INT_8 -> integer(8, true);
      case INT_16 -> integer(16, true);
      case INT_32 -> integer(32, true);
      case INT_64 -> integer(64, true);
      case LIST -> LogicalType.LIST(new ListType());
      case MAP, MAP_KEY_VALUE -> LogicalType.MAP(new MapType());
      case INTERVAL -> null;
    };
  }

  private static LogicalType integer(int bits, boolean signed) {
    return LogicalType.INTEGER(new IntType((byte) bits, signed));
  }

  private static TimeUnit millis() {
    return TimeUnit.MILLIS(new MilliSeconds());
  }

  private static TimeUnit micros() {
    return TimeUnit.MICROS(new MicroSeconds());
  }

  /**
   * The schema element that a field is written as; every column is optional. Decimals are stored as
   * bytes of a fixed number.
   */
  static SchemaElement element(Field field) {
    SchemaElement element = new SchemaElement(field.name());
    element.setRepetition_type(FieldRepetitionType.OPTIONAL);
    Type type = field.type();
    if (type instanceof Type.Scalar scalar) {
      scalar(element, scalar);
    } else if (type instanceof Type.Time time) {
      element.setType(
          time.unit() == Type.Unit.MILLIS
              ? org.apache.parquet.format.Type.INT32
              : org.apache.parquet.format.Type.INT64);
      element.setLogicalType(LogicalType.TIME(new TimeType(false, unit(time.unit()))));
    } else if (type instanceof Type.Timestamp timestamp) {
      element.setType(org.apache.parquet.format.Type.INT64);
      element.setLogicalType(
          LogicalType.TIMESTAMP(
              new TimestampType(timestamp.clock() == Type.Clock.UTC, unit(timestamp.unit()))));
    } else if (type instanceof Type.Decimal decimal) {
      element.setType(org.apache.parquet.format.Type.FIXED_LEN_BYTE_ARRAY);
      element.setType_length(decimalBytes(decimal.precision()));
      element.setLogicalType(
          LogicalType.DECIMAL(new DecimalType(decimal.scale(), decimal.precision())));
      element.setConverted_type(ConvertedType.DECIMAL);
      element.setScale(decimal.scale());
      element.setPrecision(decimal.precision());
    } else {
      throw new IllegalArgumentException(
          "column \"" + field.name() + "\" of type " + type + " cannot be written");
    }
    return element;
  }

  private static void scalar(SchemaElement element, Type.Scalar scalar) {
    switch (scalar) {
      case BOOLEAN -> element.setType(org.apache.parquet.format.Type.BOOLEAN);
      case BYTE -> integer(element, 8, ConvertedType.INT_8);
      case SHORT -> integer(element, 16, ConvertedType.INT_16);
      case INT -> element.setType(org.apache.parquet.format.Type.INT32);
      case LONG -> element.setType(org.apache.parquet.format.Type.INT64);
      case FLOAT -> element.setType(org.apache.parquet.format.Type.FLOAT);
      case DOUBLE -> element.setType(org.apache.parquet.format.Type.DOUBLE);
      case DATE -> {
        element.setType(org.apache.parquet.format.Type.INT32);
        element.setLogicalType(LogicalType.DATE(new DateType()));
        element.setConverted_type(ConvertedType.DATE);
      }
      case STRING -> {
        element.setType(org.apache.parquet.format.Type.BYTE_ARRAY);
        element.setLogicalType(LogicalType.STRING(new StringType()));
        element.setConverted_type(ConvertedType.UTF8);
      }
      case BINARY -> element.setType(org.apache.parquet.format.Type.BYTE_ARRAY);
    }
  }

  private static void integer(SchemaElement element, int bits, ConvertedType converted) {
    element.setType(org.apache.parquet.format.Type.INT32);
    element.setLogicalType(integer(bits, true));
    element.setConverted_type(converted);
  }

  private static TimeUnit unit(Type.Unit unit) {
    return switch (unit) {
      case MILLIS -> millis();
      case MICROS -> micros();
      case NANOS -> TimeUnit.NANOS(new NanoSeconds());
    };
  }

  /** Bytes that hold every number of so many decimal digits, with its sign. */
  static int decimalBytes(int precision) {
    return BigInteger.TEN.pow(precision).bitLength() / 8 + 1;
  }
}
