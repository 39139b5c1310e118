package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.WorkerTime;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What one worker leaves behind. Public for runners in other packages of the engine.
 *
 * @param time how it spent its time
 * @param phases its working time by phase
 * @param state what it reduced its rows to, where the job asks for that
 * @param incidents what went wrong in it and was made good, a sentence each
 */
public record WorkerTally(
    WorkerTime time,
    Map<Phase, Duration> phases,
    Optional<Aggregation.State> state,
    List<String> incidents) {
  public WorkerTally {
    Objects.requireNonNull(time, "time");
    phases = Map.copyOf(phases);
    Objects.requireNonNull(state, "state");
    incidents = List.copyOf(incidents);
  }

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

  /** Working time of several workers, by the phases that took any. */
  static Map<Phase, Duration> phases(List<WorkerTally> tallies) {
    Map<Phase, Duration> sums = new EnumMap<>(Phase.class);
    for (WorkerTally tally : tallies) {
      tally.phases().forEach((phase, time) -> sums.merge(phase, time, Duration::plus));
    }
    sums.values().removeIf(Duration::isZero); // what this runner has no part in
    return sums;
  }
}
