package io.agrippa.engine.compile;

import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;

/**
 * The texts that a worker's node gives out, which several translations may share. It is emptied now
 * and then, so that it does not grow with the data.
 */
final class TextPool {
  private static final int MOST_TEXTS = 1 << 16;

  private DictionaryBuilder texts = new DictionaryBuilder();
  private int generation;

  /**
   * Empties the pool if it has become large. Codes given out before are void then; to be called
   * before a block is begun.
   */
  void refresh() {
    if (texts.size() > MOST_TEXTS) {
      texts = new DictionaryBuilder();
      generation++;
    }
  }

  /** Changes when codes become void. */
  int generation() {
    return generation;
  }

  int code(String text) {
    return texts.code(text);
  }

  Dictionary dictionary() {
    return texts.snapshot();
  }
}
