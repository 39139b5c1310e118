package io.agrippa.engine.scaling;

import java.time.Duration;
import java.util.Optional;

/** Is told how a study gets on, by the thread that runs it. */
public interface StudyListener {
  /** Nobody listens. */
  StudyListener NONE = (step, steps, what, left) -> {};

  /**
   * A run is about to start.
   *
   * @param step its number, from 1, warm-up runs included
   * @param steps how many there are
   * @param what configuration is run
   * @param left time that this run and those after it will take about, where there is something to
   *     judge it from
   */
  void starting(int step, int steps, Configuration what, Optional<Duration> left);
}
