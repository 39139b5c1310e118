package io.agrippa.engine.scaling;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.measure.PartitionTimes;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.Provenance;
import io.agrippa.engine.measure.WorkerTime;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Studies of made-up runs: what they take follows from the job and the runner alone. */
final class Studies {
  static final Job JOB =
      Job.score(new Job.ModelPlace("model:none"), new Job.Dataset("generate:none"));

  private Studies() {}

  /** A run in which each worker is busy for its share of the time and waits for the rest. */
  static RunResult run(Job job, Runner runner, Duration wall, String digest) {
    int workers = RunnerName.parse(runner.name()).workers().orElse(1);
    Duration busy = wall.multipliedBy(9).dividedBy(10);
    List<WorkerTime> times = new ArrayList<>();
    PartitionTimes.Builder partitions = new PartitionTimes.Builder();
    for (int i = 0; i < workers; i++) {
      times.add(
          new WorkerTime(
              i,
              Duration.ZERO,
              busy,
              wall.minus(busy),
              Duration.ZERO,
              Duration.ZERO,
              Optional.of(busy),
              OptionalLong.of(1000),
              Optional.empty(),
              Optional.empty(),
              50));
      partitions.add(new PartitionSpan(i, i, 50, Duration.ZERO, busy.minusMillis(10L * i), busy));
    }
    Measurement measurement =
        new Measurement(
            new Provenance("test", "java", "os", 2, 1, "digest", "command"),
            runner.name(),
            job.limit().orElse(100),
            0,
            10,
            0,
            wall,
            Map.of(Phase.SCORE, busy),
            times,
            partitions.build(),
            Optional.empty(),
            Optional.of(busy.multipliedBy(workers)),
            List.of(),
            digest,
            Optional.of(digest));
    return new RunResult(measurement, Optional.empty());
  }

  static List<Configuration> grid(String... runners) {
    return StudyPlan.grid(
        List.of(runners), List.of(new Partitioning.Natural()), List.of(), List.of());
  }
}
