package io.agrippa.engine;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Cuts;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The blocks of an input, one after the other, with where their rows stand: for whoever looks at
 * rows instead of running a job. To be used by one thread, and closed.
 */
final class InputBlocks implements AutoCloseable {
  private final Partitions partitions;
  private BlockReader reader;
  private Block block;
  private String origin;
  private long firstRow; // of the block among the rows of its origin, from 1

  /**
   * Opens an input.
   *
   * @param dependency of whoever looks at the rows: all blocks are of one partition unless each row
   *     stands for itself
   */
  InputBlocks(BlockSource source, List<Field> wanted, RowDependency dependency) throws IOException {
    boolean alone = dependency instanceof RowDependency.None;
    partitions =
        Cuts.read(source, wanted, alone ? new Partitioning.Natural() : new Partitioning.Count(1));
  }

  /**
   * Shows all blocks of an input to who looks ahead, before the first of them is worked on; to
   * another one, none.
   */
  static void gather(
      BlockSource source, List<Field> wanted, RowDependency dependency, Consumer<Block> gatherer)
      throws IOException {
    if (!dependency.looksAhead()) {
      return;
    }
    try (InputBlocks blocks = new InputBlocks(source, wanted, dependency)) {
      while (blocks.next()) {
        gatherer.accept(blocks.block());
      }
    }
  }

  Schema schema() {
    return partitions.schema();
  }

  /** Goes to the next block; false behind the last. */
  boolean next() throws IOException {
    while (true) {
      if (reader == null) {
        Partition partition = partitions.next();
        if (partition == null) {
          return false;
        }
        if (!partition.origin().equals(origin)) {
          origin = partition.origin();
          firstRow = 1;
          block = null;
        }
        reader = partition.open();
      }
      if (block != null) {
        firstRow += block.rows();
      }
      block = reader.next();
      if (block != null) {
        return true;
      }
      reader.close();
      reader = null;
    }
  }

  /** The current block. */
  Block block() {
    return block;
  }

  /** The file or stream of the block's rows. */
  String origin() {
    return origin;
  }

  /** Number of a row of the block among the rows of its origin, from 1; a header is not counted. */
  long number(int row) {
    return firstRow + row;
  }

  @Override
  public void close() throws IOException {
    try {
      if (reader != null) {
        reader.close();
      }
    } finally {
      partitions.close();
    }
  }
}
