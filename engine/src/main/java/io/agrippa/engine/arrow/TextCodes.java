package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Dictionary;

/** Gives codes to the texts of a column that come without a dictionary. */
public interface TextCodes {
  /** Begins a block. */
  OfBlock begin();

  /** The codes of one block. */
  interface OfBlock {
    /** The code of a text. */
    int code(String text);

    /** What the codes of the block stand for. */
    Dictionary snapshot(int rows);
  }
}
