package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.StringColumn;
import java.io.IOException;

/** Reads the entries of a dictionary, which are a column of texts themselves. */
final class Entries {
  private Entries() {}

  /** Codes for one reading. */
  static TextCodes codes() {
    return () -> {
      DictionaryBuilder texts = new DictionaryBuilder();
      return new TextCodes.OfBlock() {
        @Override
        public int code(String text) {
          return texts.code(text);
        }

        @Override
        public Dictionary snapshot(int rows) {
          return texts.snapshot();
        }
      };
    };
  }

  /** The texts; null where an entry has none. */
  static String[] read(ColumnDecoder decoder, ColumnDecoder.Buffers buffers, int count)
      throws IOException {
    StringColumn column = (StringColumn) decoder.decode(buffers, 0, count);
    String[] entries = new String[count];
    for (int i = 0; i < count; i++) {
      entries[i] = column.value(i);
    }
    return entries;
  }
}
