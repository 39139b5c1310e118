package io.agrippa.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Type;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.junit.jupiter.api.Test;

/** Vectors of sources that are not Spark's own. */
class VectorReaderTest {
  /** Arrow's vectors fail where they are asked for what is null. */
  @Test
  void nullsOfArrowAreMissing() {
    try (BufferAllocator allocator = new RootAllocator();
        Float8Vector doubles = new Float8Vector("d", allocator);
        Float4Vector floats = new Float4Vector("f", allocator);
        BigIntVector longs = new BigIntVector("l", allocator)) {
      doubles.setSafe(0, 1.5);
      doubles.setNull(1);
      doubles.setSafe(2, -2.5);
      floats.setSafe(0, 1.5f);
      floats.setNull(1);
      floats.setSafe(2, -2.5f);
      longs.setSafe(0, 7);
      longs.setNull(1);
      longs.setSafe(2, -8);
      Column read = read(Type.Scalar.DOUBLE, doubles);
      assertThat(((DoubleColumn) read).values()).containsExactly(-2.5, 0);
      assertThat(read.isMissing(0)).isFalse();
      assertThat(read.isMissing(1)).isTrue();
      read = read(Type.Scalar.FLOAT, floats);
      assertThat(((DoubleColumn) read).values()).containsExactly(-2.5, 0);
      assertThat(read.isMissing(1)).isTrue();
      read = read(Type.Scalar.LONG, longs);
      assertThat(((LongColumn) read).values()).containsExactly(-8, 0);
      assertThat(read.isMissing(1)).isTrue();
    }
  }

  /** The third value and, behind it, a copy of the null. */
  private static Column read(Type type, FieldVector vector) {
    vector.setValueCount(4);
    vector.copyFrom(1, 3, vector);
    return VectorReader.of(type).read(new ArrowColumnVector(vector), 2, 2);
  }
}
