package io.agrippa.engine;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;

/** The output of jobs that write no rows. */
final class DroppingSink implements BlockSink {
  private static final Encoded NOTHING = new Encoded() {};

  @Override
  public Encoded encode(Block block) {
    return NOTHING;
  }

  @Override
  public void append(Encoded encoded) {}

  @Override
  public void commit() {}

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public void close() {}
}
