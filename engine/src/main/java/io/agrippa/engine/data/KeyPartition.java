package io.agrippa.engine.data;

import java.io.IOException;
import java.util.List;

/**
 * Consecutive rows of consecutive pieces.
 *
 * @param schema the first columns of the pieces' blocks; the others are left out
 */
record KeyPartition(String origin, Schema schema, List<Part> parts, long bytes)
    implements Partition {
  /**
   * Some rows of a piece.
   *
   * @param from the first of them
   * @param rows how many, or more than it has for all that follow
   */
  record Part(Partition piece, long from, long rows) {}

  KeyPartition {
    parts = List.copyOf(parts);
  }

  @Override
  public long heldBytes() {
    return parts.stream().mapToLong(part -> part.piece().heldBytes()).sum();
  }

  @Override
  public KeyPartition released() {
    List<Part> light =
        parts.stream()
            .map(part -> new Part(part.piece().released(), part.from(), part.rows()))
            .toList();
    return new KeyPartition(origin, schema, light, bytes);
  }

  @Override
  public BlockReader open() {
    return new Reader();
  }

  private final class Reader implements BlockReader {
    private int index; // of the part to be opened next
    private BlockReader open; // of the part at hand; null between parts
    private long skip;
    private long left;

    @Override
    public Block next() throws IOException {
      while (true) {
        if (open == null) {
          if (index == parts.size()) {
            return null;
          }
          Part part = parts.get(index++);
          skip = part.from();
          left = part.rows();
          open = part.piece().open();
        }
        Block block = left == 0 ? null : open.next();
        if (block == null) {
          close();
          continue;
        }
        if (skip >= block.rows()) {
          skip -= block.rows();
          continue;
        }
        int from = (int) skip;
        int to = (int) Math.min(block.rows(), from + Math.min(left, Block.MAX_ROWS));
        skip = 0;
        left -= to - from;
        return wanted(block.slice(from, to));
      }
    }

    private Block wanted(Block block) {
      return block.schema().size() == schema.size()
          ? block
          : new Block(schema, block.rows(), block.columns().subList(0, schema.size()));
    }

    @Override
    public void close() throws IOException {
      BlockReader finished = open;
      open = null;
      if (finished != null) {
        finished.close();
      }
    }
  }
}
