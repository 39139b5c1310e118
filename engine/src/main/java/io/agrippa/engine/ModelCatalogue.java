package io.agrippa.engine;

import java.io.IOException;
import java.io.InputStream;

/**
 * Models that have a name instead of a place in the file system, such as {@code
 * model:flights-delay}. Found with {@link java.util.ServiceLoader}, in whichever process a job is
 * done.
 */
public interface ModelCatalogue {
  /** What its names begin with, without the colon. */
  String prefix();

  /**
   * Opens the PMML document of a model.
   *
   * @param name with the prefix
   * @return its bytes, to be closed by the caller
   * @throws IllegalArgumentException if there is no such name; the message says which come near
   * @throws IOException if it cannot be read
   */
  InputStream open(String name) throws IOException;
}
