package io.agrippa.engine.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that grow, with numbers little-endian as Parquet's PLAIN encoding has them. Not safe for
 * use by many threads.
 */
final class PlainBuffer {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int size;
  private int bits; // of the byte that is being filled
  private int bitCount;

  PlainBuffer(int capacity) {
    bytes = new byte[capacity];
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
    bits = 0;
    bitCount = 0;
  }

  /** Makes room for so many more bytes. */
  void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
    }
  }

  void put(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  void putInt(int value) {
    reserve(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  void putLong(long value) {
    reserve(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }

  void putBytes(byte[] value) {
    reserve(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  /** A number of seven bits a byte, low ones first. */
  void putUnsigned(int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      put((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    put(rest);
  }

  /** The next bit, the lowest of a byte first; {@link #endBits} must follow the last. */
  void putBit(boolean bit) {
    bits |= bit ? 1 << bitCount : 0;
    if (++bitCount == Byte.SIZE) {
      endBits();
    }
  }

  /** Fills up a byte that was begun. */
  void endBits() {
    if (bitCount > 0) {
      put(bits);
      bits = 0;
      bitCount = 0;
    }
  }

  /** Overwrites four bytes. */
  void setInt(int position, int value) {
    INTS.set(bytes, position, value);
  }
}
