package io.agrippa.engine.scaling;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.run.Job;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a study is to run.
 *
 * @param job what every configuration does; its partitioning and limit are replaced by theirs
 * @param configurations the grid
 * @param repeats measured runs of each configuration, at least 1
 * @param warmups runs of each configuration before anything is measured
 * @param seed decides the order of the runs
 */
public record StudyPlan(
    Job job, List<Configuration> configurations, int repeats, int warmups, long seed) {
  public StudyPlan {
    Objects.requireNonNull(job, "job");
    configurations = List.copyOf(configurations);
    if (configurations.isEmpty()) {
      throw new IllegalArgumentException("the study has no configuration; name runners to compare");
    }
    if (repeats < 1) {
      throw new IllegalArgumentException(
          "repeats " + repeats + ": each configuration has to be measured at least once");
    }
    if (warmups < 0) {
      throw new IllegalArgumentException("warm-up " + warmups + ": it must not be negative");
    }
  }

  /**
   * All combinations. Runners that take a schedule and name none are tried with each of the
   * schedules; {@code serial} is added in front where it is missing, because speed-ups need it.
   *
   * @param schedules may be empty: then runners keep the schedule they have
   * @param limits numbers of rows; all rows where empty
   */
  public static List<Configuration> grid(
      List<String> runners,
      List<Partitioning> partitionings,
      List<String> schedules,
      List<Long> limits) {
    Set<String> names = new LinkedHashSet<>();
    names.add(RunnerName.SERIAL);
    for (String runner : runners) {
      RunnerName name = RunnerName.parse(runner);
      if (schedules.isEmpty() || !name.takesSchedule()) {
        names.add(runner);
      } else if (name.workers().isEmpty()) {
        throw new IllegalArgumentException(
            "runner \"%s\": with schedules, say how many workers, as in %s:2"
                .formatted(runner, runner));
      } else {
        schedules.forEach(schedule -> names.add(runner + ":" + schedule));
      }
    }
    List<OptionalLong> sizes =
        limits.isEmpty()
            ? List.of(OptionalLong.empty())
            : limits.stream().distinct().map(OptionalLong::of).toList();
    List<Configuration> grid = new ArrayList<>();
    for (OptionalLong size : sizes) {
      for (Partitioning partitioning : new LinkedHashSet<>(partitionings)) {
        for (String name : names) {
          grid.add(new Configuration(name, partitioning, size));
        }
      }
    }
    return grid;
  }
}
