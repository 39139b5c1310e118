package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import java.util.List;
import java.util.Optional;

/**
 * What one worker leaves behind.
 *
 * @param clock its clock, stopped
 * @param state what it reduced its rows to, where the job asks for that
 */
record WorkerTally(WorkerClock clock, Optional<Aggregation.State> state) {
  /** All states as one. */
  static Optional<Aggregation.State> merged(List<WorkerTally> tallies) {
    return tallies.stream()
        .flatMap(tally -> tally.state().stream())
        .reduce(
            (all, next) -> {
              all.merge(next);
              return all;
            });
  }
}
