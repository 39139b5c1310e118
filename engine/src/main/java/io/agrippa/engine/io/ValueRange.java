package io.agrippa.engine.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;

/**
 * Number of missing values, and the least and the greatest of the others, for a file's statistics.
 * Not safe for use by many threads.
 */
final class ValueRange {
  private long missing;
  private long leastLong = Long.MAX_VALUE;
  private long greatestLong = Long.MIN_VALUE;
  private double leastDouble = Double.POSITIVE_INFINITY;
  private double greatestDouble = Double.NEGATIVE_INFINITY;
  private boolean anyNaN;

  void addMissing(long count) {
    missing += count;
  }

  void add(long value) {
    leastLong = Math.min(leastLong, value);
    greatestLong = Math.max(greatestLong, value);
  }

  void add(double value) {
    if (Double.isNaN(value)) {
      anyNaN = true; // and the range is of no use: the format says to leave it out
    } else {
      leastDouble = Math.min(leastDouble, value);
      greatestDouble = Math.max(greatestDouble, value);
    }
  }

  void add(ValueRange other) {
    missing += other.missing;
    leastLong = Math.min(leastLong, other.leastLong);
    greatestLong = Math.max(greatestLong, other.greatestLong);
    leastDouble = Math.min(leastDouble, other.leastDouble);
    greatestDouble = Math.max(greatestDouble, other.greatestDouble);
    anyNaN |= other.anyNaN;
  }

  /** As the format wants it for a column that is stored as this type. */
  Statistics statistics(Type physical) {
    Statistics statistics = new Statistics();
    statistics.setNull_count(missing);
    if (leastLong <= greatestLong) {
      statistics.setMin_value(bytes(physical, leastLong));
      statistics.setMax_value(bytes(physical, greatestLong));
    } else if (leastDouble <= greatestDouble && !anyNaN) {
      // parquet.thrift, ColumnOrder: a zero may be of either sign, so the range must hold both.
      double least = leastDouble == 0 ? -0.0 : leastDouble;
      double greatest = greatestDouble == 0 ? 0.0 : greatestDouble;
      statistics.setMin_value(bytes(physical, least));
      statistics.setMax_value(bytes(physical, greatest));
    }
    return statistics;
  }

  private static byte[] bytes(Type physical, long value) {
    return switch (physical) {
      case BOOLEAN -> new byte[] {(byte) value};
      case INT32 ->
          ByteBuffer.allocate(Integer.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt((int) value)
              .array();
      default ->
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    };
  }

  private static byte[] bytes(Type physical, double value) {
    return physical == Type.FLOAT
        ? ByteBuffer.allocate(Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat((float) value)
            .array()
        : ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
  }
}
