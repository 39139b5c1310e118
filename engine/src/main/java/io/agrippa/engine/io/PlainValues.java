package io.agrippa.engine.io;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Values in Parquet's PLAIN encoding: little-endian numbers behind each other, bytes behind their
 * length. Reads from a position that moves on. Not safe for use by many threads.
 */
final class PlainValues {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;
  private static final int JULIAN_EPOCH_DAY = 2_440_588; // 1970-01-01
  private static final int INT96 = 12;

  private byte[] data;
  private int position;
  private int end;
  private int bit; // next one of the byte at position, for booleans
  private ByteBuffer buffer;

  /** Begins at {@code from}; the data ends before {@code to}. */
  void begin(byte[] bytes, int from, int to) {
    if (bytes != data) {
      buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    data = bytes;
    position = from;
    end = to;
    bit = 0;
  }

  static int intAt(byte[] bytes, int position) {
    return (int) INTS.get(bytes, position);
  }

  private int take(long bytes) throws IOException {
    if (bytes > end - position) {
      throw new IOException("values end behind their page");
    }
    int from = position;
    position += (int) bytes;
    return from;
  }

  void longs(long[] out, int at, int count) throws IOException {
    LongBuffer longs = buffer.position(take((long) count * Long.BYTES)).asLongBuffer();
    longs.get(out, at, count);
  }

  void ints(long[] out, int at, int count) throws IOException {
    int from = take((long) count * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      out[at + i] = (int) INTS.get(data, from + i * Integer.BYTES);
    }
  }

  void booleans(long[] out, int at, int count) throws IOException {
    if ((long) (end - position) * Byte.SIZE - bit < count) {
      throw new IOException("values end behind their page");
    }
    for (int i = at; i < at + count; i++) {
      out[i] = (data[position] >>> bit) & 1L;
      bit = (bit + 1) & 7;
      position += bit == 0 ? 1 : 0;
    }
  }

  /**
   * Timestamps of 96 bits, as Impala, Hive and Spark wrote them: nanoseconds of the day, Julian
   * day. In nanoseconds since 1970.
   */
  void int96(long[] out, int at, int count) throws IOException {
    int from = take((long) count * INT96);
    for (int i = 0; i < count; i++) {
      long nanos = (long) LONGS.get(data, from + i * INT96);
      long day = (long) (int) INTS.get(data, from + i * INT96 + Long.BYTES) - JULIAN_EPOCH_DAY;
      if (Math.abs(day) >= Long.MAX_VALUE / NANOS_PER_DAY || Math.abs(nanos) > NANOS_PER_DAY) {
        throw new UnsupportedParquet(
            "the timestamp of day " + day + " since 1970 does not fit into 64 bits of nanoseconds");
      }
      out[at + i] = day * NANOS_PER_DAY + nanos;
    }
  }

  void doubles(double[] out, int at, int count) throws IOException {
    DoubleBuffer doubles = buffer.position(take((long) count * Double.BYTES)).asDoubleBuffer();
    doubles.get(out, at, count);
  }

  void floats(double[] out, int at, int count) throws IOException {
    int from = take((long) count * Float.BYTES);
    for (int i = 0; i < count; i++) {
      out[at + i] = Float.intBitsToFloat((int) INTS.get(data, from + i * Float.BYTES));
    }
  }

  void halfFloats(double[] out, int at, int count) throws IOException {
    int from = take((long) count * Short.BYTES);
    for (int i = 0; i < count; i++) {
      int low = data[from + i * Short.BYTES] & 0xff;
      out[at + i] = half(low | (data[from + i * Short.BYTES + 1] << Byte.SIZE));
    }
  }

  /** IEEE 754 binary16. */
  static double half(int bits) {
    int exponent = (bits >>> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    double size =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24;
          case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb(1 + fraction * 0x1p-10, exponent - 15);
        };
    return (bits & 0x8000) == 0 ? size : -size;
  }

  /** The next bytes, behind their length. */
  byte[] bytes() throws IOException {
    int length = length();
    int from = take(length);
    return Arrays.copyOfRange(data, from, from + length);
  }

  private int length() throws IOException {
    int length = intAt(data, take(Integer.BYTES));
    if (length < 0) {
      throw new IOException("bytes of a negative number");
    }
    return length;
  }

  /** The next {@code length} bytes. */
  byte[] fixed(int length) throws IOException {
    int from = take(length);
    return Arrays.copyOfRange(data, from, from + length);
  }

  /** The next text, behind its length in bytes. */
  String text() throws IOException {
    int length = length();
    int from = take(length);
    return text(data, from, length);
  }

  /** Bytes as text. */
  static String text(byte[] bytes, int from, int length) throws IOException {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    // Java puts this character where bytes are not UTF-8; only then it must be known whether it was
    // there before.
    if (text.indexOf('\uFFFD') >= 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
      } catch (CharacterCodingException e) {
        throw new IOException("a text is not UTF-8: " + text, e);
      }
    }
    return text;
  }
}
