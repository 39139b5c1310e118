package io.agrippa.cli.conformance;

import java.io.IOException;

/** Scores the rows of a case. Safe for use by many threads. */
@FunctionalInterface
public interface CaseScorer {
  /**
   * Loads the case's model and scores its rows, without looking at what is expected.
   *
   * @throws IOException if a file cannot be read
   * @throws RuntimeException if the model cannot be loaded or used; the message says why
   */
  ScoredTable score(ConformanceCase conformanceCase) throws IOException;
}
