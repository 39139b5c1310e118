package io.agrippa.engine.io;

import java.io.IOException;

/**
 * Whoever read our standard output has closed it, as {@code head} does when it has enough. Not a
 * fault of ours.
 */
public final class ReaderGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  ReaderGoneException(String message, IOException cause) {
    super(message, cause);
  }
}
