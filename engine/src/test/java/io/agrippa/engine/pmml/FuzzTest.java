package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No bytes make the reader do anything but return a document or say what is wrong with it. */
@Timeout(300) // a hang is a failure, not a wait
final class FuzzTest {
  private static final byte[] SMALL = document(35);
  private static final byte[] DOCUMENT = document(52);

  /** A document without blanks behind its end; these seeds give all kinds of models. */
  private static byte[] document(long seed) {
    byte[] bytes = PmmlWriter.bytes(new RandomDocuments(new Random(seed)).document());
    return Arrays.copyOf(bytes, bytes.length - 1);
  }

  @Test
  void noTruncatedDocumentIsRead() {
    for (int length = 0; length < SMALL.length; length++) {
      assertThat(read(Arrays.copyOf(SMALL, length)))
          .as("%d of %d bytes", length, SMALL.length)
          .isFalse();
    }
    assertThat(read(SMALL)).isTrue();
  }

  @Test
  void flippedBytesAreReadOrRefused() {
    int read = 0;
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = DOCUMENT.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) "<>/\"'&;!?-[]= \n".charAt(random.nextInt(15));
      }
      try {
        read += read(bytes) ? 1 : 0;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(read).as("documents that a flip did not spoil").isBetween(1, 2_999);
  }

  @Test
  void cutAndPastedBytesAreReadOrRefused() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      int from = random.nextInt(DOCUMENT.length);
      int to = from + random.nextInt(Math.min(2_000, DOCUMENT.length - from));
      int at = random.nextInt(DOCUMENT.length);
      byte[] bytes = new byte[DOCUMENT.length + to - from];
      System.arraycopy(DOCUMENT, 0, bytes, 0, at);
      System.arraycopy(DOCUMENT, from, bytes, at, to - from);
      System.arraycopy(DOCUMENT, at, bytes, at + to - from, DOCUMENT.length - at);
      try {
        read(bytes);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  /** Whether it is a document; any failure but {@link PmmlException} comes out. */
  private static boolean read(byte[] bytes) {
    try {
      return PmmlReader.read(bytes, "m.pmml") != null;
    } catch (PmmlException e) {
      assertThat(e).hasMessageStartingWith("m.pmml:").hasMessageContaining("; ");
      return false;
    }
  }
}
