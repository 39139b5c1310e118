package io.agrippa.engine.io;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Decodes Parquet's hybrid of run lengths and bit packing, in which levels and dictionary codes are
 * written, many values at a time. (parquet-column's decoder hands out one value a call.) Not safe
 * for use by many threads.
 *
 * <p>Packed values are cut from eight bytes loaded at once, so the array must be {@link #PADDING}
 * bytes longer than the data.
 */
final class HybridDecoder {
  /** Bytes that an array must have behind the data. */
  static final int PADDING = Long.BYTES;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] data;
  private int position;
  private int end;
  private int width;

  private int repeated; // values left of a run
  private int value;
  private int packed; // values left of a packed stretch
  private long packedBit; // where its next value begins, in bits from the start of the array

  /** Begins at {@code from}; the data ends before {@code to}. */
  void begin(byte[] bytes, int from, int to, int bitWidth) throws IOException {
    if (bitWidth < 0 || bitWidth > 32) {
      throw new IOException("values of " + bitWidth + " bits");
    }
    data = bytes;
    position = from;
    end = to;
    width = bitWidth;
    repeated = 0;
    packed = 0;
  }

  /** Decodes the next {@code count} values. */
  void read(int[] out, int at, int count) throws IOException {
    int i = at;
    int stop = at + count;
    while (i < stop) {
      if (repeated == 0 && packed == 0) {
        nextRun();
      }
      if (repeated > 0) {
        int n = Math.min(repeated, stop - i);
        Arrays.fill(out, i, i + n, value);
        repeated -= n;
        i += n;
      } else {
        int n = Math.min(packed, stop - i);
        unpack(out, i, n);
        packed -= n;
        i += n;
      }
    }
  }

  /**
   * Skips up to {@code most} values that are all {@code wanted} and follow each other as a run;
   * returns how many.
   */
  int skipRun(int wanted, int most) throws IOException {
    if (repeated == 0 && packed == 0) {
      nextRun();
    }
    if (repeated == 0 || value != wanted) {
      return 0;
    }
    int n = Math.min(repeated, most);
    repeated -= n;
    return n;
  }

  private void unpack(int[] out, int at, int count) throws IOException {
    long last = packedBit + (long) count * width;
    if (last > (long) end * Byte.SIZE) {
      throw new IOException("packed values end behind their page");
    }
    byte[] bytes = data;
    long bit = packedBit;
    int bits = width;
    long mask = (1L << bits) - 1;
    for (int i = at; i < at + count; i++) {
      out[i] = (int) (((long) LONGS.get(bytes, (int) (bit >>> 3)) >>> (bit & 7)) & mask);
      bit += bits;
    }
    packedBit = last;
  }

  private void nextRun() throws IOException {
    int header = unsigned();
    if ((header & 1) == 0) {
      repeated = header >>> 1;
      int bytes = (width + 7) / 8;
      require(bytes);
      value = 0;
      for (int i = 0; i < bytes; i++) {
        value |= (data[position++] & 0xff) << (8 * i);
      }
    } else {
      int groups = header >>> 1;
      long bytes = (long) groups * width;
      packedBit = (long) position * Byte.SIZE;
      packed = (int) Math.min(groups * 8L, Integer.MAX_VALUE);
      // The last group may be cut off behind its last value: what is missing there is checked when
      // it is read.
      position = (int) Math.min(position + bytes, end);
    }
    if (repeated == 0 && packed == 0) {
      throw new IOException("a run without values");
    }
  }

  /** A number of seven bits a byte, low ones first. */
  private int unsigned() throws IOException {
    int result = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      require(1);
      byte b = data[position++];
      result |= (b & 0x7f) << shift;
      if (b >= 0) {
        return result;
      }
    }
    throw new IOException("a run of more than 32 bits");
  }

  private void require(int bytes) throws IOException {
    if (end - position < bytes) {
      throw new IOException("values end behind their page");
    }
  }
}
