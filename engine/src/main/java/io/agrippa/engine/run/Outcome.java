package io.agrippa.engine.run;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.RowDigest;
import io.agrippa.engine.data.RowProblem;

/**
 * What came of one block, to be delivered at its place in the input. Public for runners in other
 * packages of the engine.
 */
public sealed interface Outcome {
  /** Heap that it holds while it waits, about, in bytes. */
  long heapBytes();

  /**
   * A block that was scored.
   *
   * @param rows its rows
   * @param badRows its rows that could not be scored
   * @param firstProblem why the first of them could not, or null
   * @param encoded it in the sink's form; null where the row policy forbids to deliver it whole
   * @param digest its digest
   * @param output it as a block, where it may have to be cut; otherwise null, so that it need not
   *     be held
   */
  record Scored(
      int rows,
      int badRows,
      RowProblem firstProblem,
      BlockSink.Encoded encoded,
      RowDigest digest,
      Block output,
      long heapBytes)
      implements Outcome {}

  /** A failure to read, score or encode. */
  record Failed(Throwable cause) implements Outcome {
    @Override
    public long heapBytes() {
      return 1024;
    }
  }
}
