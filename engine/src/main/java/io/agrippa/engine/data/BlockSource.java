package io.agrippa.engine.data;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * A dataset that can be read in blocks. Safe for use by many threads; holds no open file itself.
 */
public interface BlockSource {
  /**
   * What the dataset is called in messages: a path, {@code standard input}, {@code
   * dataset:flights}.
   */
  String name();

  /**
   * All columns, in the dataset's order. Text formats give {@link Type.Scalar#STRING} for each
   * column unless a schema was given.
   *
   * @throws IOException if the data cannot be read or is not of its format; the message names the
   *     file and place
   */
  Schema schema() throws IOException;

  /** Number of rows where it is known without reading them. */
  OptionalLong rows() throws IOException;

  /** Bytes on disk where known. */
  OptionalLong bytes() throws IOException;

  /**
   * Bytes as {@link Partitioning.Bytes} counts them, of text that is not compressed, where known.
   */
  default OptionalLong plainBytes() throws IOException {
    return bytes();
  }

  /**
   * Starts reading the wanted columns.
   *
   * @param wanted names, and the types that a text format is to read them as (what does not fit
   *     becomes {@link Malformed}). Typed formats deliver the type they hold. The same name may be
   *     wanted twice with two types
   * @param partitioning how the rows are cut into partitions: natural, by rows or by bytes ({@link
   *     Cuts} makes the others of these); a source may cut coarser where its format allows no finer
   *     cut
   * @return the partitions, to be closed by the caller
   * @throws IOException if a wanted column does not exist or cannot be read; the message names it
   *     and those that exist
   */
  Partitions read(List<Field> wanted, Partitioning partitioning) throws IOException;
}
