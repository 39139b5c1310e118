package io.agrippa.engine.arrow;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Makes rows of one Arrow column into a {@link Column} on the heap. Reads of the column's buffers
 * what these rows take and no more. For one thread at a time.
 */
final class ColumnDecoder {
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final int MOST_BYTES = 1 << 30; // of the texts or byte strings of one block

  private final ArrowColumn column;
  private final TextCodes codes;
  private byte[] scratch = new byte[1 << 12];

  /**
   * A decoder.
   *
   * @param codes of texts that come without a dictionary
   */
  ColumnDecoder(ArrowColumn column, TextCodes codes) {
    this.column = column;
    this.codes = codes;
  }

  /**
   * The buffers of a column in one batch.
   *
   * @param nulls how many rows have no value
   * @param buffers in Arrow's order: validity bits, then offsets or values
   * @param dictionary what codes stand for, or null
   */
  record Buffers(long nulls, List<Region> buffers, DecodedTexts dictionary) {}

  /** Rows {@code from} to {@code from + count − 1} of the batch. */
  Column decode(Buffers in, long from, int count) throws IOException {
    ArrowType arrow = column.dictionary() == null ? column.values() : indexType();
    if (arrow instanceof ArrowType.Null) {
      int[] none = new int[count];
      Arrays.fill(none, StringColumn.MISSING);
      return new StringColumn(none, Dictionary.EMPTY);
    }
    long[] missing = in.nulls() == 0 ? null : missing(in.buffers().get(0), from, count);
    if (column.dictionary() != null) {
      return coded(longs(arrow, in.buffers().get(1), missing, from, count), missing, in);
    }
    Type type = column.type();
    if (type.column() == LongColumn.class) {
      return new LongColumn(longs(arrow, in.buffers().get(1), missing, from, count), missing);
    }
    if (type.column() == DoubleColumn.class) {
      return new DoubleColumn(
          doubles((ArrowType.FloatingPoint) arrow, in.buffers().get(1), from, count), missing);
    }
    if (type == Type.Scalar.STRING) {
      return texts(in, missing, from, count);
    }
    if (arrow instanceof ArrowType.Binary || arrow instanceof ArrowType.LargeBinary) {
      byte[][] values = new byte[count][];
      strings(
          in,
          missing,
          from,
          count,
          (row, bytes, at, length) -> values[row] = Arrays.copyOfRange(bytes, at, at + length));
      return new BinaryColumn(values);
    }
    return new BinaryColumn(fixed(arrow, in.buffers().get(1), missing, from, count));
  }

  private ArrowType indexType() {
    ArrowType.Int index = column.dictionary().getIndexType();
    return index == null ? new ArrowType.Int(32, true) : index;
  }

  private long[] missing(Region validity, long from, int count) throws IOException {
    int shift = (int) (from & 7);
    int bytes = (shift + count + 7) / 8;
    byte[] bits = read(validity, from >>> 3, bytes);
    long[] missing = new long[Bits.words(count)];
    boolean any = false;
    for (int row = 0; row < count; row++) {
      int at = shift + row;
      if ((bits[at >>> 3] >>> (at & 7) & 1) == 0) {
        Bits.set(missing, row);
        any = true;
      }
    }
    return any ? missing : null;
  }

  private long[] longs(ArrowType arrow, Region values, long[] missing, long from, int count)
      throws IOException {
    long[] longs = new long[count];
    if (arrow instanceof ArrowType.Bool) {
      int shift = (int) (from & 7);
      byte[] bits = read(values, from >>> 3, (shift + count + 7) / 8);
      for (int row = 0; row < count; row++) {
        int at = shift + row;
        longs[row] = (long) bits[at >>> 3] >>> (at & 7) & 1L;
      }
      return longs;
    }
    int width = ArrowColumn.width(arrow);
    ByteBuffer in = buffer(values, from * width, count * width);
    boolean signed = !(arrow instanceof ArrowType.Int whole) || whole.getIsSigned();
    switch (width) {
      case 1 -> {
        for (int row = 0; row < count; row++) {
          longs[row] = signed ? in.get(row) : in.get(row) & 0xffL;
        }
      }
      case 2 -> {
        for (int row = 0; row < count; row++) {
          longs[row] = signed ? in.getShort(2 * row) : in.getShort(2 * row) & 0xffffL;
        }
      }
      case 4 -> {
        for (int row = 0; row < count; row++) {
          longs[row] = signed ? in.getInt(4 * row) : in.getInt(4 * row) & 0xffff_ffffL;
        }
      }
      default -> in.asLongBuffer().get(longs);
    }
    if (arrow instanceof ArrowType.Date date && date.getUnit() == DateUnit.MILLISECOND) {
      for (int row = 0; row < count; row++) {
        longs[row] = Math.floorDiv(longs[row], MILLIS_PER_DAY);
      }
    }
    if ((arrow instanceof ArrowType.Time time && time.getUnit() == TimeUnit.SECOND)
        || (arrow instanceof ArrowType.Timestamp stamp && stamp.getUnit() == TimeUnit.SECOND)) {
      secondsToMillis(longs, missing);
    }
    return longs;
  }

  private static void secondsToMillis(long[] values, long[] missing) throws IOException {
    for (int row = 0; row < values.length; row++) {
      if (Bits.get(missing, row)) {
        continue;
      }
      if (Math.abs(values[row]) > Long.MAX_VALUE / 1000) {
        throw new IOException(values[row] + " seconds are too many to be counted in milliseconds");
      }
      values[row] *= 1000;
    }
  }

  private double[] doubles(ArrowType.FloatingPoint arrow, Region values, long from, int count)
      throws IOException {
    double[] doubles = new double[count];
    int width = ArrowColumn.width(arrow);
    ByteBuffer in = buffer(values, from * width, count * width);
    if (arrow.getPrecision() == FloatingPointPrecision.DOUBLE) {
      in.asDoubleBuffer().get(doubles);
    } else if (arrow.getPrecision() == FloatingPointPrecision.SINGLE) {
      for (int row = 0; row < count; row++) {
        doubles[row] = in.getFloat(4 * row);
      }
    } else {
      for (int row = 0; row < count; row++) {
        doubles[row] = Float16.toFloat(in.getShort(2 * row));
      }
    }
    return doubles;
  }

  private StringColumn coded(long[] indices, long[] missing, Buffers in) throws IOException {
    if (in.dictionary() == null) {
      throw new IOException("its dictionary is not there");
    }
    int[] translated = in.dictionary().codes();
    int[] result = new int[indices.length];
    for (int row = 0; row < result.length; row++) {
      if (Bits.get(missing, row)) {
        result[row] = StringColumn.MISSING;
      } else if (indices[row] < 0 || indices[row] >= translated.length) {
        throw new IOException(
            "code %d of a dictionary of %d".formatted(indices[row], translated.length));
      } else {
        result[row] = translated[(int) indices[row]];
      }
    }
    return new StringColumn(result, in.dictionary().texts());
  }

  private StringColumn texts(Buffers in, long[] missing, long from, int count) throws IOException {
    TextCodes.OfBlock block = codes.begin();
    int[] result = new int[count];
    Arrays.fill(result, StringColumn.MISSING);
    strings(
        in,
        missing,
        from,
        count,
        (row, bytes, at, length) ->
            result[row] = block.code(new String(bytes, at, length, StandardCharsets.UTF_8)));
    return new StringColumn(result, block.snapshot(count));
  }

  /** Takes the bytes of one row. */
  private interface Taker {
    void take(int row, byte[] bytes, int at, int length);
  }

  private void strings(Buffers in, long[] missing, long from, int count, Taker taker)
      throws IOException {
    if (count == 0) {
      return;
    }
    ArrowType arrow = column.values();
    boolean large = arrow instanceof ArrowType.LargeUtf8 || arrow instanceof ArrowType.LargeBinary;
    int width = large ? 8 : 4;
    ByteBuffer raw = buffer(in.buffers().get(1), from * width, (count + 1) * width);
    long[] offsets = new long[count + 1];
    for (int i = 0; i <= count; i++) {
      offsets[i] = large ? raw.getLong(8 * i) : raw.getInt(4 * i);
      if (offsets[i] < 0 || (i > 0 && offsets[i] < offsets[i - 1])) {
        throw new IOException("the offsets of its values do not ascend");
      }
    }
    long size = offsets[count] - offsets[0];
    if (size > MOST_BYTES) {
      throw new IOException(
          "%d rows hold %,d bytes; at most %,d fit into a block"
              .formatted(count, size, MOST_BYTES));
    }
    byte[] bytes = read(in.buffers().get(2), offsets[0], (int) size);
    for (int row = 0; row < count; row++) {
      if (!Bits.get(missing, row)) {
        taker.take(
            row, bytes, (int) (offsets[row] - offsets[0]), (int) (offsets[row + 1] - offsets[row]));
      }
    }
  }

  private byte[][] fixed(ArrowType arrow, Region values, long[] missing, long from, int count)
      throws IOException {
    int width = ArrowColumn.width(arrow);
    byte[] bytes = read(values, from * width, Math.multiplyExact(count, width));
    boolean number = !(arrow instanceof ArrowType.FixedSizeBinary);
    boolean signed = !(arrow instanceof ArrowType.Int);
    byte[][] result = new byte[count][];
    for (int row = 0; row < count; row++) {
      if (!Bits.get(missing, row)) {
        byte[] value = Arrays.copyOfRange(bytes, row * width, (row + 1) * width);
        result[row] = number ? unscaled(value, signed) : value;
      }
    }
    return result;
  }

  /** Big-endian without bytes that only repeat the sign, of what is little-endian. */
  private static byte[] unscaled(byte[] little, boolean signed) {
    int width = little.length;
    byte sign = (byte) (signed && little[width - 1] < 0 ? -1 : 0);
    int length = width + 1;
    while (length > 1
        && (length > width ? sign : little[length - 1]) == sign
        && little[length - 2] < 0 == sign < 0) {
      length--;
    }
    byte[] big = new byte[length];
    for (int i = 0; i < length; i++) {
      big[length - 1 - i] = i < width ? little[i] : sign;
    }
    return big;
  }

  private ByteBuffer buffer(Region region, long from, int count) throws IOException {
    return ByteBuffer.wrap(read(region, from, count), 0, count).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Valid until the next call. */
  private byte[] read(Region region, long from, int count) throws IOException {
    if (scratch.length < count) {
      scratch = new byte[Math.max(count, Math.min(MOST_BYTES, 2 * scratch.length))];
    }
    region.read(from, scratch, count);
    return scratch;
  }
}
