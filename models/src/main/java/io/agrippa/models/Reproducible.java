package io.agrippa.models;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;

/**
 * Runs work whose parallel streams must give the same bits on every machine. A sum over a parallel
 * stream is rounded as the stream is cut, and that depends on the number of cores; within a pool of
 * one thread it is always cut alike.
 */
final class Reproducible {
  private Reproducible() {}

  static <T> T call(Callable<T> work) {
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      return pool.submit(work).get();
    } catch (ExecutionException e) {
      throw new TrainingException("training failed: " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingException("training was interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
