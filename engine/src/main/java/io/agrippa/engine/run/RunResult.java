package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.measure.Measurement;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run gives.
 *
 * @param measurement what was done and what it took
 * @param aggregated what the rows were reduced to, of the aggregation that the job asked for; empty
 *     where it asked for none
 */
public record RunResult(Measurement measurement, Optional<Aggregation.State> aggregated) {
  public RunResult {
    Objects.requireNonNull(measurement, "measurement");
    Objects.requireNonNull(aggregated, "aggregated");
  }
}
