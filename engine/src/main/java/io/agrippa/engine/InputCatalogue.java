package io.agrippa.engine;

import io.agrippa.engine.data.BlockSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Inputs that have a name instead of a place in the file system, such as {@code dataset:flights}.
 * Found with {@link java.util.ServiceLoader}, in whichever process a job is done.
 */
public interface InputCatalogue {
  /** What its names begin with, without the colon. */
  List<String> prefixes();

  /**
   * Opens an input; the catalogue knows how to read it.
   *
   * @param name with the prefix
   * @throws IllegalArgumentException if there is no such name; the message says which come near
   * @throws IOException if its data cannot be read
   */
  BlockSource open(String name) throws IOException;

  /**
   * The files that {@link #open} reads, which no output may replace; none for generated data.
   *
   * @throws IllegalArgumentException if there is no such name
   */
  List<Path> files(String name) throws IOException;
}
