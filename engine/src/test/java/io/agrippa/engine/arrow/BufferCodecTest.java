package io.agrippa.engine.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.BlockSize;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream.Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BufferCodecTest {
  private static Region region(byte[] bytes) {
    return new Region.OfBytes(bytes, 0, bytes.length);
  }

  /** Bytes that come again far behind, so that blocks refer to those before them. */
  private static byte[] bytes(int length, int kinds) {
    Random random = new Random(length + kinds);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      boolean again = i > 50_000 && i / 100 % 2 == 0;
      bytes[i] = again ? bytes[i - 50_000] : (byte) random.nextInt(kinds);
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(value = ArrowCompression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void bytesComeBack(ArrowCompression compression) throws IOException {
    int most = 4 << 20; // of a block of LZ4
    for (int length : new int[] {1, 7, 100, 65_536, most - 1, most, most + 1, 2 * most + 9}) {
      for (int kinds : new int[] {1, 3, 256}) {
        byte[] bytes = bytes(length, kinds);
        Region stored = region(BufferCodec.compress(compression, bytes));
        assertThat(BufferCodec.size(stored)).isEqualTo(length);
        if (BufferCodec.isAsItIs(stored)) {
          byte[] read = new byte[length];
          BufferCodec.asItIs(stored).read(0, read, length);
          assertThat(read).isEqualTo(bytes);
        } else {
          assertThat(stored.length()).isLessThan(8 + length);
          assertThat(Arrays.equals(BufferCodec.decompress(compression, stored, length), bytes))
              .as("%d bytes of %d kinds", length, kinds)
              .isTrue();
        }
      }
    }
  }

  @Test
  void blocksOfLz4ThatReferToThoseBeforeThemAreRead() throws IOException {
    byte[] bytes = bytes(300_000, 256);
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    try (FramedLZ4CompressorOutputStream out =
        new FramedLZ4CompressorOutputStream(
            frame, new Parameters(BlockSize.K64, true, false, true))) {
      out.write(bytes);
    }
    byte[] stored =
        ByteBuffer.allocate(8 + frame.size())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(bytes.length)
            .put(frame.toByteArray())
            .array();
    assertThat(
            Arrays.equals(
                BufferCodec.decompress(ArrowCompression.LZ4, region(stored), bytes.length), bytes))
        .isTrue();
  }

  @Test
  void whatWasUsedLastIsKeptAsLongAsThereIsRoom() throws IOException {
    Inflated inflated = new Inflated(2_500);
    byte[][] stored = new byte[4][];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = BufferCodec.compress(ArrowCompression.ZSTD, new byte[1_000]);
    }
    Region[] first = new Region[stored.length];
    for (int i : new int[] {0, 1, 0, 2}) {
      Region region = inflated.buffer(i, ArrowCompression.ZSTD, region(stored[i]));
      assertThat(region.length()).isEqualTo(1_000);
      first[i] = first[i] == null ? region : first[i];
    }
    assertThat(inflated.buffer(0, ArrowCompression.ZSTD, region(stored[0]))).isEqualTo(first[0]);
    assertThat(inflated.buffer(2, ArrowCompression.ZSTD, region(stored[2]))).isEqualTo(first[2]);
    assertThat(inflated.buffer(1, ArrowCompression.ZSTD, region(stored[1])))
        .as("of two there was room")
        .isNotEqualTo(first[1]);
  }
}
