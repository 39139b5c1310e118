package io.agrippa.engine.io;

/** What to do with an output that already exists. */
public enum Existing {
  /** Refuse to write. */
  FAIL,
  /** Replace it, at the moment when the new one is whole. */
  REPLACE
}
