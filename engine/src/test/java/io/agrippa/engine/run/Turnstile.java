package io.agrippa.engine.run;

import java.io.IOException;
import java.util.Random;

/**
 * Shuffles threads by a seed: each passage may have to wait until some others passed. Who waits in
 * vain, because the others wait for him, is let through.
 */
final class Turnstile implements MemoryBench.Hook {
  private final Random random;
  private long passages;

  Turnstile(long seed) {
    random = new Random(seed);
  }

  @Override
  public synchronized void at(MemoryBench.Seam seam, long row) throws IOException {
    passages++;
    notifyAll();
    long until = passages + (random.nextInt(3) == 0 ? random.nextInt(12) : 0);
    try {
      for (int patience = 3; passages < until && patience > 0; patience--) {
        wait(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
