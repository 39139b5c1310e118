package io.agrippa.engine.data;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/**
 * All rows of a source as one partition, read piece by piece: a stream, or many files, is never
 * held as a whole. Where the source has only one piece, that is the partition, with its address.
 */
final class WholeCut implements Partitions {
  private final BlockSource source;
  private final List<Field> wanted;
  private final Partitions pieces;
  private boolean given;

  WholeCut(BlockSource source, List<Field> wanted) throws IOException {
    this.source = source;
    this.wanted = wanted;
    pieces = pieces();
  }

  /** As few as there can be, but of text, whose pieces are held while they are read. */
  private Partitions pieces() throws IOException {
    boolean text = source.rows().isEmpty();
    return source.read(
        wanted, text ? new Partitioning.Natural() : new Partitioning.Rows(Long.MAX_VALUE));
  }

  @Override
  public Schema schema() {
    return pieces.schema();
  }

  @Override
  public Partition next() throws IOException {
    if (given) {
      return null;
    }
    given = true;
    Partition first = pieces.next();
    Partition second = first == null ? null : pieces.next();
    return second == null ? first : new Whole(first, second);
  }

  @Override
  public Partition at(byte[] address) throws IOException {
    return pieces.at(address);
  }

  @Override
  public OptionalLong bytesLeft() {
    return given ? OptionalLong.of(0) : pieces.bytesLeft();
  }

  @Override
  public void close() throws IOException {
    pieces.close();
  }

  /** Several pieces; those behind the second are found while they are read. */
  private final class Whole implements Partition {
    private final Partition first;
    private final Partition second;
    private final long bytes;
    private boolean opened;

    Whole(Partition first, Partition second) throws IOException {
      this.first = first;
      this.second = second;
      bytes = source.bytes().orElse(first.bytes() + second.bytes() + pieces.bytesLeft().orElse(0));
    }

    @Override
    public String origin() {
      return source.name();
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public long heldBytes() {
      return first.heldBytes() + second.heldBytes();
    }

    @Override
    public BlockReader open() throws IOException {
      if (opened) {
        return new Reader(WholeCut.this.pieces(), null, null, true);
      }
      opened = true;
      return new Reader(pieces, first, second, false);
    }
  }

  /** Reads one piece after the other. */
  private static final class Reader implements BlockReader {
    private final Partitions rest;
    private final boolean own; // whether the rest is closed with it
    private Partition next;
    private Partition afterNext;
    private BlockReader open;

    Reader(Partitions rest, Partition next, Partition afterNext, boolean own) {
      this.rest = rest;
      this.next = next;
      this.afterNext = afterNext;
      this.own = own;
    }

    @Override
    public Block next() throws IOException {
      while (true) {
        if (open == null) {
          Partition piece = next != null ? next : rest.next();
          next = afterNext;
          afterNext = null;
          if (piece == null) {
            return null;
          }
          open = piece.open();
        }
        Block block = open.next();
        if (block != null) {
          return block;
        }
        closeOpen();
      }
    }

    private void closeOpen() throws IOException {
      BlockReader finished = open;
      open = null;
      if (finished != null) {
        finished.close();
      }
    }

    @Override
    public void close() throws IOException {
      try {
        closeOpen();
      } finally {
        if (own) {
          rest.close();
        }
      }
    }
  }
}
