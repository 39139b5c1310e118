package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import java.io.IOException;

/** A dictionary of which entries have arrived; more may come. */
final class DecodedDictionary {
  private final DictionaryBuilder texts = new DictionaryBuilder();

  void add(String text) throws IOException {
    int size = texts.size();
    if (texts.code(text) != size) {
      throw new IOException("a dictionary in which \"" + text + "\" stands twice");
    }
  }

  /** The same object until an entry is added. */
  Dictionary snapshot() {
    return texts.snapshot();
  }
}
