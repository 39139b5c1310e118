package io.agrippa.engine.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reads any source under any partitioning. Sources themselves cut by rows and by bytes, or as suits
 * them; the other cuts are made of those, once for all sources.
 */
public final class Cuts {
  /** Text from which a cut by key is made: larger pieces are looked into more seldom. */
  private static final long MOST_TEXT = 4 << 20;

  private static final long LEAST_TEXT = 256 << 10;
  private static final long PIECES = 64; // of a small file, so that many threads have something

  private Cuts() {}

  /**
   * Starts reading.
   *
   * @param source what to read
   * @param wanted the columns, as {@link BlockSource#read} takes them
   * @param partitioning any
   * @throws IllegalArgumentException if the source cannot be cut like that; the message says how it
   *     can
   */
  public static Partitions read(BlockSource source, List<Field> wanted, Partitioning partitioning)
      throws IOException {
    if (partitioning instanceof Partitioning.Count count && count.partitions() == 1) {
      return new WholeCut(source, wanted);
    }
    if (partitioning instanceof Partitioning.Count count) {
      return source.read(wanted, equalParts(source, count));
    }
    if (partitioning instanceof Partitioning.Key key) {
      return byKey(source, wanted, key);
    }
    return source.read(wanted, partitioning);
  }

  private static Partitioning equalParts(BlockSource source, Partitioning.Count count)
      throws IOException {
    OptionalLong rows = source.rows();
    if (rows.isPresent()) {
      return new Partitioning.Rows(share(rows.getAsLong(), count));
    }
    OptionalLong bytes = source.plainBytes();
    if (bytes.isPresent()) {
      return new Partitioning.Bytes(share(bytes.getAsLong(), count));
    }
    throw new IllegalArgumentException(
        "partitioning %s: the size of %s is not known before it is read; use rows:N or bytes:N"
            .formatted(count, source.name()));
  }

  private static long share(long whole, Partitioning.Count count) {
    return Math.max(1, (whole + count.partitions() - 1) / count.partitions());
  }

  private static Partitions byKey(BlockSource source, List<Field> wanted, Partitioning.Key key)
      throws IOException {
    Schema columns = source.schema();
    int column = columns.indexOf(key.field());
    if (column < 0) {
      throw new IllegalArgumentException(
          "partitioning %s: %s has no column \"%s\"; its columns are %s"
              .formatted(key, source.name(), key.field(), String.join(", ", columns.names())));
    }
    // As it is wanted first, so that who depends on the key sees it change where the cuts are.
    Field field =
        wanted.stream()
            .filter(each -> each.name().equals(key.field()))
            .findFirst()
            .orElse(columns.field(column));
    List<Field> read = new ArrayList<>(wanted);
    if (!read.contains(field)) {
      read.add(field);
    }
    return new KeyCutter(
        source.name(), source.read(read, pieces(source)), wanted.size(), read.indexOf(field), key);
  }

  private static Partitioning pieces(BlockSource source) throws IOException {
    if (source.rows().isPresent()) {
      return new Partitioning.Natural();
    }
    OptionalLong bytes = source.bytes();
    return bytes.isEmpty()
        ? new Partitioning.Natural()
        : new Partitioning.Bytes(
            Math.max(LEAST_TEXT, Math.min(MOST_TEXT, bytes.getAsLong() / PIECES)));
  }
}
