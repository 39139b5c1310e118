package io.agrippa.engine.analysis;

/** Hashes of 64 bits. Not meant against an adversary. */
final class Hashes {
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L; // 2^64 over the golden ratio

  private Hashes() {}

  /** The finalizer of SplitMix64, a bijection of full avalanche. */
  static long mix(long value) {
    long h = (value ^ value >>> 30) * 0xBF58_476D_1CE4_E5B9L;
    h = (h ^ h >>> 27) * 0x94D0_49BB_1331_11EBL;
    return h ^ h >>> 31;
  }

  /** The hash of a text by its UTF-16 code units. */
  static long of(String text) {
    long h = STEP + text.length();
    for (int i = 0; i < text.length(); i++) {
      h = mix(h + STEP ^ text.charAt(i));
    }
    return h;
  }

  /** The hash of a key of a {@link LongTable}. */
  static long of(long key) {
    return mix(key + STEP);
  }
}
