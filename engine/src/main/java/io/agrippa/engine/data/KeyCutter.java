package io.agrippa.engine.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Cuts where a key changes. A source is read in pieces that it cuts as it likes, and each partition
 * begins at the first change of the key within its first piece and ends at the first change within
 * a later one. So of most pieces only the first rows are read twice, whoever reads the partition
 * reads the most of it at the same time as others, and the key of a row in front of a piece never
 * has to be known. A piece without a change belongs to the partition before it, unless that ends
 * with a piece of another single key.
 *
 * <p>Partitions of many files take their rows from several of them, so their origin is the whole
 * dataset, and rows are numbered through it.
 */
final class KeyCutter implements Partitions {
  /** What a partition may hold of an input that cannot be read again, as a share of the heap. */
  private static final int HEAP_SHARE = 32;

  private static final long LEAST_HELD = 8 << 20;

  private final String name;
  private final Partitions pieces;
  private final Schema schema;
  private final int column; // of the key in the pieces' blocks
  private final Partitioning.Key key;
  private final long mostHeld;

  private Piece next; // where the next partition begins; null at the start and the end
  private boolean begun;

  /**
   * A piece that was looked into.
   *
   * @param from first row of it that is not part of an earlier partition
   * @param only the key of all its rows, where that is one and {@code from} is 0; otherwise null
   */
  private record Piece(Partition partition, long from, Only only) {}

  /** A key, which may be missing, that all rows of a piece have. */
  private record Only(Object value) {}

  /**
   * What was found in a piece.
   *
   * @param change first row whose key is another than that of the row before it; -1 where none is
   * @param first key of the first row
   */
  private record Look(long change, Object first) {}

  KeyCutter(String name, Partitions pieces, int wanted, int column, Partitioning.Key key) {
    this(
        name,
        pieces,
        wanted,
        column,
        key,
        Math.max(LEAST_HELD, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
  }

  KeyCutter(
      String name, Partitions pieces, int wanted, int column, Partitioning.Key key, long mostHeld) {
    this.name = name;
    this.pieces = pieces;
    this.schema = new Schema(pieces.schema().fields().subList(0, wanted));
    this.column = column;
    this.key = key;
    this.mostHeld = mostHeld;
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Partition next() throws IOException {
    if (!begun) {
      begun = true;
      Partition first = pieces.next();
      next = first == null ? null : new Piece(first, 0, only(look(first)));
    }
    if (next == null) {
      return null;
    }
    List<KeyPartition.Part> parts = new ArrayList<>();
    long bytes = next.partition().bytes();
    parts.add(new KeyPartition.Part(next.partition(), next.from(), Long.MAX_VALUE));
    Only only = next.only();
    next = null;
    for (Partition piece = pieces.next(); piece != null; piece = pieces.next()) {
      Look look = look(piece);
      if (only != null && !Objects.equals(only.value(), look.first())) {
        next = new Piece(piece, 0, only(look));
        break;
      }
      if (look.change() >= 0) {
        parts.add(new KeyPartition.Part(piece, 0, look.change()));
        next = new Piece(piece, look.change(), null);
        break;
      }
      only = only(look);
      parts.add(new KeyPartition.Part(piece.released(), 0, Long.MAX_VALUE));
      bytes += piece.bytes();
      requireRoom(parts, look.first());
    }
    return new KeyPartition(name, schema, parts, bytes);
  }

  private static Only only(Look look) {
    return look.change() < 0 ? new Only(look.first()) : null;
  }

  private void requireRoom(List<KeyPartition.Part> parts, Object value) throws IOException {
    long held = 0;
    for (KeyPartition.Part part : parts) {
      held += part.piece().heldBytes();
    }
    if (held > mostHeld) {
      throw new IOException(
          "%s: partitioning %s: the rows together with %s = %s take more than %,d MB, and this input cannot be read again while they wait; save it to a file that is not compressed"
              .formatted(name, key, key.field(), value, mostHeld >> 20));
    }
  }

  private Look look(Partition piece) throws IOException {
    try (BlockReader reader = piece.open()) {
      Object first = null;
      Object last = null;
      long rows = 0;
      for (Block block = reader.next(); block != null; block = reader.next()) {
        Column keys = block.column(column);
        if (rows == 0) {
          first = KeyValues.value(keys, 0);
        } else if (!Objects.equals(last, KeyValues.value(keys, 0))) {
          return new Look(rows, first);
        }
        int change = KeyValues.firstChange(keys, block.rows());
        if (change < block.rows()) {
          return new Look(rows + change, first);
        }
        last = KeyValues.value(keys, block.rows() - 1);
        rows += block.rows();
      }
      return new Look(-1, first);
    }
  }

  @Override
  public OptionalLong bytesLeft() {
    OptionalLong left = pieces.bytesLeft();
    return left.isEmpty() || next == null
        ? left
        : OptionalLong.of(left.getAsLong() + next.partition().bytes());
  }

  @Override
  public void close() throws IOException {
    pieces.close();
  }
}
