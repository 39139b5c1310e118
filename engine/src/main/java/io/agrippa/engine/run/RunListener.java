package io.agrippa.engine.run;

import java.util.OptionalLong;

/**
 * Is told how a run gets on. Called by one thread at a time, which waits for it: it should return
 * at once.
 */
public interface RunListener {
  /** Nobody listens. */
  RunListener NONE =
      new RunListener() {
        @Override
        public void started(OptionalLong rows, OptionalLong bytes) {}

        @Override
        public void advanced(long rows, long bytes) {}
      };

  /**
   * The parts are ready and rows begin to move.
   *
   * @param rows rows to come, where known
   * @param bytes bytes of input to come, where known
   */
  void started(OptionalLong rows, OptionalLong bytes);

  /**
   * More was done.
   *
   * @param rows rows appended to the output since the last call
   * @param bytes bytes of input that were finished since the last call
   */
  void advanced(long rows, long bytes);
}
