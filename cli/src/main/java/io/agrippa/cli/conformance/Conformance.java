package io.agrippa.cli.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs conformance cases, several at a time. */
public final class Conformance {
  private Conformance() {}

  /**
   * Scores all cases and compares the results. A case on which the scorer fails, in whatever way,
   * is a failed case and never ends the run.
   *
   * @param cases what to run
   * @param scorer who scores
   * @param threads how many cases at a time
   * @throws InterruptedException if the calling thread is interrupted; running cases are then
   *     interrupted too
   */
  public static Scoreboard run(List<ConformanceCase> cases, CaseScorer scorer, int threads)
      throws InterruptedException {
    long start = System.nanoTime();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Verdict>> pending = new ArrayList<>();
      for (ConformanceCase c : cases) {
        pending.add(pool.submit(() -> verdict(c, scorer)));
      }
      List<Scoreboard.Entry> entries = new ArrayList<>();
      for (int i = 0; i < cases.size(); i++) {
        entries.add(new Scoreboard.Entry(cases.get(i), pending.get(i).get()));
      }
      return new Scoreboard(entries, (System.nanoTime() - start) / 1e9);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a case ended without a verdict", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static Verdict verdict(ConformanceCase conformanceCase, CaseScorer scorer) {
    try {
      ExpectedTable expected =
          ExpectedTable.read(
              conformanceCase.expected(),
              conformanceCase.separator(),
              conformanceCase.missingExpected());
      return Comparison.compare(conformanceCase, expected, scorer.score(conformanceCase));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return new Verdict.Refused(reason(e));
    }
  }

  /** The message; the kind and place too where it is a fault of ours rather than an answer. */
  private static String reason(Throwable e) {
    boolean fault =
        e.getMessage() == null
            || e instanceof StackOverflowError
            || e instanceof IndexOutOfBoundsException
            || e instanceof NullPointerException
            || e instanceof ClassCastException;
    StackTraceElement[] trace = e.getStackTrace();
    return fault ? e + (trace.length > 0 ? " at " + trace[0] : "") : e.getMessage();
  }
}
