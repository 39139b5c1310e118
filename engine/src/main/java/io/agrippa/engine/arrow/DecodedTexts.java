package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.StringColumn;
import java.util.List;

/**
 * A dictionary as a file or a stream has it: it may name a text twice, or none.
 *
 * @param texts each text once
 * @param codes for each entry the code of its text, {@link StringColumn#MISSING} where it has none;
 *     not to be changed
 */
record DecodedTexts(Dictionary texts, int[] codes) {
  /**
   * The dictionary of these entries, in pieces behind each other; null for an entry without text.
   */
  static DecodedTexts of(List<String[]> pieces) {
    DictionaryBuilder texts = new DictionaryBuilder();
    int[] codes = new int[pieces.stream().mapToInt(piece -> piece.length).sum()];
    int entry = 0;
    for (String[] piece : pieces) {
      for (String text : piece) {
        codes[entry++] = text == null ? StringColumn.MISSING : texts.code(text);
      }
    }
    return new DecodedTexts(texts.snapshot(), codes);
  }
}
