package io.agrippa.engine.scaling;

import io.agrippa.engine.data.Partitioning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Processor time that a row costs on a runner: of all processes that had a part in it, collecting
 * garbage and compiling included.
 *
 * @param runner the runner
 * @param partitioning how the input was cut
 * @param steady whether it is what more rows cost: the difference between the largest and the least
 *     input over that of their rows, so that start-up is not in it; else it is
 * @param perRow seconds, one value a round of repeats
 * @param ratio over that of the runner of threads with the most workers, or else of the serial one,
 *     of the runs of the same round; empty for that runner itself
 */
public record ProcessorTime(
    String runner,
    Partitioning partitioning,
    boolean steady,
    Spread perRow,
    Optional<Spread> ratio) {
  public ProcessorTime {
    Objects.requireNonNull(ratio, "ratio");
  }

  /** Of each runner and cut whose processor time is known. */
  static List<ProcessorTime> of(StudyResult study, List<ConfigurationSummary> summaries) {
    Map<String, List<ConfigurationSummary>> groups = new LinkedHashMap<>();
    for (ConfigurationSummary summary : summaries) {
      Configuration c = summary.configuration();
      groups
          .computeIfAbsent(c.partitioning() + "\n" + c.runner(), key -> new ArrayList<>())
          .add(summary);
    }
    List<ProcessorTime> times = new ArrayList<>();
    for (List<ConfigurationSummary> group : groups.values()) {
      Configuration first = group.get(0).configuration();
      Map<Integer, Double> own = perRow(study, group);
      if (own.isEmpty()) {
        continue;
      }
      Optional<Spread> ratio =
          base(groups, first.partitioning())
              .filter(base -> base != group)
              .map(base -> ratios(own, perRow(study, base)))
              .filter(ratios -> !ratios.isEmpty())
              .map(Spread::of);
      times.add(
          new ProcessorTime(
              first.runner(),
              first.partitioning(),
              isSteady(group),
              Spread.of(List.copyOf(own.values())),
              ratio));
    }
    return times;
  }

  private static Optional<List<ConfigurationSummary>> base(
      Map<String, List<ConfigurationSummary>> groups, Partitioning partitioning) {
    return groups.values().stream()
        .filter(group -> group.get(0).configuration().partitioning().equals(partitioning))
        .filter(
            group -> {
              RunnerName name = group.get(0).configuration().name();
              return name.isSerial() || name.takesSchedule();
            })
        .max(
            Comparator.comparingInt(
                group ->
                    group.get(0).configuration().name().isSerial() ? 0 : group.get(0).workers()));
  }

  private static List<Double> ratios(Map<Integer, Double> own, Map<Integer, Double> base) {
    List<Double> ratios = new ArrayList<>();
    own.forEach(
        (repeat, seconds) -> {
          if (base.getOrDefault(repeat, 0.0) > 0) {
            ratios.add(seconds / base.get(repeat));
          }
        });
    return ratios;
  }

  private static boolean isSteady(List<ConfigurationSummary> group) {
    return group.stream().mapToLong(ConfigurationSummary::rows).distinct().count() > 1;
  }

  /** Seconds a row by repeat. */
  private static Map<Integer, Double> perRow(StudyResult study, List<ConfigurationSummary> group) {
    Comparator<ConfigurationSummary> bySize = Comparator.comparingLong(ConfigurationSummary::rows);
    Map<Integer, Double> large = cpu(study, group.stream().max(bySize).orElseThrow());
    long rows = group.stream().max(bySize).orElseThrow().rows();
    Map<Integer, Double> each = new LinkedHashMap<>();
    if (isSteady(group)) {
      ConfigurationSummary least = group.stream().min(bySize).orElseThrow();
      Map<Integer, Double> small = cpu(study, least);
      large.forEach(
          (repeat, seconds) -> {
            if (small.containsKey(repeat)) {
              each.put(repeat, (seconds - small.get(repeat)) / (rows - least.rows()));
            }
          });
    } else if (rows > 0) {
      large.forEach((repeat, seconds) -> each.put(repeat, seconds / rows));
    }
    return each;
  }

  private static Map<Integer, Double> cpu(StudyResult study, ConfigurationSummary summary) {
    Map<Integer, Double> cpu = new LinkedHashMap<>();
    for (StudyRun run : study.runsOf(summary.index())) {
      OptionalDouble seconds = run.processCpu();
      if (seconds.isPresent()) {
        cpu.put(run.repeat(), seconds.getAsDouble());
      }
    }
    return cpu;
  }
}
