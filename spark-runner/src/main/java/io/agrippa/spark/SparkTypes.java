package io.agrippa.spark;

import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Spark's types and ours. Between Spark's columns and Java, dates and timestamps are carried as
 * numbers: as objects, what they are depends on settings, and old ones on calendars.
 */
final class SparkTypes {
  /** Times are of nanoseconds in Spark, and of microseconds in blocks. */
  static final long NANOS_PER_MICRO = 1000;

  private static final long MICROS_PER_SECOND = 1_000_000L;

  private SparkTypes() {}

  /** What a column that a model reads is in a block; empty where a model cannot read it. */
  static Optional<Type> type(DataType of) {
    Type type = null;
    if (of instanceof DoubleType) {
      type = Type.Scalar.DOUBLE;
    } else if (of instanceof FloatType) {
      type = Type.Scalar.FLOAT;
    } else if (of instanceof LongType) {
      type = Type.Scalar.LONG;
    } else if (of instanceof IntegerType) {
      type = Type.Scalar.INT;
    } else if (of instanceof ShortType) {
      type = Type.Scalar.SHORT;
    } else if (of instanceof ByteType) {
      type = Type.Scalar.BYTE;
    } else if (of instanceof BooleanType) {
      type = Type.Scalar.BOOLEAN;
    } else if (of instanceof StringType || of instanceof NullType) { // void: no value at all
      type = Type.Scalar.STRING;
    } else if (of instanceof DateType) {
      type = Type.Scalar.DATE;
    } else if (of instanceof TimestampType) {
      type = new Type.Timestamp(Type.Unit.MICROS, Type.Clock.UTC);
    } else if (of instanceof TimestampNTZType) {
      type = new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL);
    } else if (of instanceof TimeType) {
      type = new Type.Time(Type.Unit.MICROS);
    } else if (of instanceof DecimalType decimal && decimal.scale() >= 0) {
      type = new Type.Decimal(decimal.precision(), decimal.scale());
    }
    return Optional.ofNullable(type);
  }

  /** The column of a result. */
  static DataType dataType(Type of) {
    if (of instanceof Type.Timestamp) {
      return DataTypes.TimestampNTZType;
    }
    if (of instanceof Type.Time) {
      return new TimeType(6);
    }
    return switch ((Type.Scalar) of) {
      case BOOLEAN -> DataTypes.BooleanType;
      case BYTE -> DataTypes.ByteType;
      case SHORT -> DataTypes.ShortType;
      case INT -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case FLOAT -> DataTypes.FloatType;
      case DOUBLE -> DataTypes.DoubleType;
      case STRING -> DataTypes.StringType;
      case DATE -> DataTypes.DateType;
      case BINARY -> DataTypes.BinaryType;
    };
  }

  /** What a column is carried as. */
  static DataType carried(DataType of) {
    return of instanceof DateType
        ? DataTypes.IntegerType
        : of instanceof TimestampType ? DataTypes.LongType : of;
  }

  /** A column as it is carried. */
  static Column carry(Column column, DataType of) {
    return of instanceof DateType
        ? unix_date(column)
        : of instanceof TimestampType ? unix_micros(column) : column;
  }

  /** A column out of what it was carried as. */
  static Column restore(Column column, DataType of) {
    return of instanceof DateType
        ? date_from_unix_date(column)
        : of instanceof TimestampType ? timestamp_micros(column) : column;
  }

  /** The value of a row as it is carried; null where missing. */
  static Object value(Type type, io.agrippa.engine.data.Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof DoubleColumn doubles) {
      double value = doubles.values()[row];
      return type == Type.Scalar.FLOAT ? (Object) (float) value : (Object) value;
    }
    if (column instanceof StringColumn strings) {
      return strings.value(row);
    }
    long value = ((LongColumn) column).values()[row];
    if (type instanceof Type.Timestamp) {
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(value, MICROS_PER_SECOND),
          (int) (Math.floorMod(value, MICROS_PER_SECOND) * NANOS_PER_MICRO),
          ZoneOffset.UTC);
    }
    if (type instanceof Type.Time) {
      return LocalTime.ofNanoOfDay(value * NANOS_PER_MICRO);
    }
    return switch ((Type.Scalar) type) {
      case BOOLEAN -> value != 0;
      case BYTE -> (byte) value;
      case SHORT -> (short) value;
      case INT, DATE -> (int) value;
      default -> value;
    };
  }
}
