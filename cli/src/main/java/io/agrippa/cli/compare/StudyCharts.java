package io.agrippa.cli.compare;

import static io.agrippa.cli.compare.StudyPage.format;

import io.agrippa.cli.html.Axis;
import io.agrippa.cli.html.BarChart;
import io.agrippa.cli.html.Markup;
import io.agrippa.cli.html.Page;
import io.agrippa.cli.html.Timeline;
import io.agrippa.cli.html.XyChart;
import io.agrippa.engine.scaling.Configuration;
import io.agrippa.engine.scaling.ConfigurationSummary;
import io.agrippa.engine.scaling.CostFit;
import io.agrippa.engine.scaling.Crossover;
import io.agrippa.engine.scaling.LossAccount;
import io.agrippa.engine.scaling.ScalingLaw;
import io.agrippa.engine.scaling.ScalingSeries;
import io.agrippa.engine.scaling.Spread;
import io.agrippa.engine.scaling.StudyAnalysis;
import io.agrippa.engine.scaling.StudyRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** The pictures of a study's report. */
final class StudyCharts {
  /** More boxes than this no picture of this width can show. */
  private static final int MOST_BOXES = 1500;

  private static final int MOST_TIMELINES = 6;
  private static final int MOST_BARS = 14;

  private final StudyAnalysis analysis;

  /** A picture with what it shows in words. */
  record Captioned(Markup picture, String caption) {}

  StudyCharts(StudyAnalysis analysis) {
    this.analysis = analysis;
  }

  /** The summaries of the largest input, which is where parallelism has most to do. */
  private List<ConfigurationSummary> largest() {
    long most =
        analysis.configurations().stream().mapToLong(ConfigurationSummary::rows).max().orElse(0);
    return analysis.configurations().stream().filter(s -> s.rows() == most).toList();
  }

  /** Speed-up, efficiency. */
  List<Markup> scaling() {
    List<ConfigurationSummary> largest = largest();
    int workers = largest.stream().mapToInt(ConfigurationSummary::workers).max().orElse(1);
    double fastest =
        largest.stream()
            .flatMap(s -> s.speedup().stream())
            .mapToDouble(Spread::max)
            .max()
            .orElse(1);
    Axis x =
        workers > 16
            ? Axis.logarithmic("workers", 1, workers)
            : Axis.linear("workers", 0, workers + 1);
    double ideal = Math.min(workers, Math.max(fastest, analysis.study().provenance().cores()));
    XyChart speedup =
        new XyChart(
            "Speed-up against serial by workers",
            x,
            Axis.fromZero("times as fast as serial", Math.max(fastest, ideal)));
    speedup.guide(List.of(new XyChart.Point(1, 1), new XyChart.Point(ideal, ideal)));
    XyChart efficiency =
        new XyChart(
            "Efficiency by workers",
            x,
            Axis.fromZero(
                "efficiency: speed-up over workers",
                Math.max(
                    1,
                    largest.stream()
                        .flatMap(s -> s.efficiency().stream())
                        .mapToDouble(Spread::max)
                        .max()
                        .orElse(1))));
    efficiency.guide(List.of(new XyChart.Point(1, 1), new XyChart.Point(workers, 1)));
    groups(largest)
        .forEach(
            (label, group) -> {
              speedup.line(label, points(group, ConfigurationSummary::speedup));
              efficiency.line(label, points(group, ConfigurationSummary::efficiency));
            });
    laws(speedup, workers, largest);
    return List.of(
        Page.captioned(
            speedup.markup(),
            "Speed-up of the largest input; bars from least to most over the repeats. Grey: as many"
                + " times as workers. Dashed: the fitted law."),
        Page.captioned(
            efficiency.markup(),
            "Efficiency: 1 means that every worker was as useful as the serial run."));
  }

  private void laws(XyChart chart, int most, List<ConfigurationSummary> largest) {
    OptionalLong limit = largest.get(0).configuration().limit();
    for (ScalingSeries series : analysis.series()) {
      Optional<ScalingLaw> law = series.universal().law().or(() -> series.amdahl().law());
      if (!series.limit().equals(limit) || law.isEmpty()) {
        continue;
      }
      double serial =
          largest.stream()
              .filter(s -> s.configuration().name().isSerial())
              .filter(s -> s.configuration().partitioning().equals(series.partitioning()))
              .mapToDouble(s -> s.wall().median())
              .findFirst()
              .orElse(law.get().single());
      int to = analysis.waits() ? most : Math.min(most, analysis.study().provenance().cores());
      List<XyChart.Point> points = new ArrayList<>();
      for (int n = 1; n <= to; n++) {
        points.add(new XyChart.Point(n, serial / law.get().seconds(n)));
      }
      if (points.size() > 1) {
        chart.dashed(series.family() + " " + series.partitioning(), points);
      }
    }
  }

  /** Runners of a family and cut, without the serial ones. */
  private static Map<String, List<ConfigurationSummary>> groups(
      List<ConfigurationSummary> summaries) {
    Map<String, List<ConfigurationSummary>> groups = new LinkedHashMap<>();
    for (ConfigurationSummary summary : summaries) {
      Configuration c = summary.configuration();
      if (!c.name().isSerial()) {
        groups
            .computeIfAbsent(c.name().family() + " " + c.partitioning(), label -> new ArrayList<>())
            .add(summary);
      }
    }
    groups.values().forEach(g -> g.sort(Comparator.comparingInt(ConfigurationSummary::workers)));
    return groups;
  }

  private static List<XyChart.Point> points(
      List<ConfigurationSummary> group, Function<ConfigurationSummary, Optional<Spread>> figure) {
    List<XyChart.Point> points = new ArrayList<>();
    for (ConfigurationSummary summary : group) {
      figure
          .apply(summary)
          .ifPresent(
              s -> points.add(new XyChart.Point(summary.workers(), s.median(), s.min(), s.max())));
    }
    return points;
  }

  /** What became of the workers' time. */
  List<Captioned> losses() {
    BarChart chart =
        new BarChart(
            "What became of the workers' time",
            Axis.linear("share of workers × time of the run, %", 0, 100),
            List.of("useful", "slower beside others", "waiting", "one thread alone"));
    List<ConfigurationSummary> shown =
        largest().stream()
            .filter(s -> s.workers() > 1 && s.losses().isPresent())
            .limit(MOST_BARS)
            .toList();
    for (ConfigurationSummary summary : shown) {
      LossAccount losses = summary.losses().orElseThrow();
      chart.bar(
          label(summary),
          format("%.0f %% useful", 100 * losses.share(losses.useful())),
          List.of(
              share(losses, losses.useful()),
              share(losses, losses.slower()),
              share(losses, losses.waiting()),
              share(losses, losses.alone())));
    }
    return shown.isEmpty()
        ? List.of()
        : List.of(
            new Captioned(
                chart.markup(),
                "Median runs of the largest input. Useful: what the serial run needed. Slower: the"
                    + " same work took longer beside other work. Waiting: for input, for the turn"
                    + " of their rows, for the last one. Alone: loading, compiling and finishing on"
                    + " one thread. A part that came out negative is not drawn."));
  }

  private static double share(LossAccount losses, double seconds) {
    return Math.max(0, 100 * losses.share(seconds));
  }

  private static String label(ConfigurationSummary summary) {
    return summary.configuration().runner() + ", " + summary.configuration().partitioning();
  }

  /** Predicted against measured times. */
  List<Captioned> costs() {
    double least = Double.MAX_VALUE;
    double most = 0;
    for (CostFit fit : analysis.costs()) {
      for (var point : fit.points()) {
        double predicted = fit.model().seconds(point.load());
        least = Math.min(least, Math.min(predicted, point.seconds()));
        most = Math.max(most, Math.max(predicted, point.seconds()));
      }
    }
    if (most <= 0 || least <= 0) {
      return List.of();
    }
    Axis measured = Axis.logarithmic("measured, seconds", least, most);
    Axis predicted = Axis.logarithmic("predicted, seconds", least, most);
    XyChart chart = new XyChart("Predicted against measured time", measured, predicted);
    chart.guide(
        List.of(
            new XyChart.Point(measured.low(), measured.low()),
            new XyChart.Point(measured.high(), measured.high())));
    for (CostFit fit : analysis.costs()) {
      boolean held = !fit.heldOut().isEmpty();
      List<XyChart.Point> points =
          held
              ? fit.heldOut().stream()
                  .map(h -> new XyChart.Point(h.point().seconds(), h.predicted()))
                  .toList()
              : fit.points().stream()
                  .map(p -> new XyChart.Point(p.seconds(), fit.model().seconds(p.load())))
                  .toList();
      chart.points(fit.family() + (held ? ", held out" : ", fitted"), points);
    }
    return List.of(
        new Captioned(
            chart.markup(),
            "Each point is a configuration. Held out: predicted from a fit to all others. On the"
                + " grey line, prediction and measurement agree."));
  }

  /** From how many rows on a cluster pays, by what a row costs; empty where it never does. */
  static Optional<Captioned> crossover(Crossover crossover) {
    Map<Integer, List<XyChart.Point>> lines = new TreeMap<>();
    double least = Double.MAX_VALUE;
    double most = 0;
    for (Crossover.Point point : crossover.points()) {
      if (point.rows().isPresent()) {
        double rows = point.rows().getAsLong();
        least = Math.min(least, rows);
        most = Math.max(most, rows);
        lines
            .computeIfAbsent(point.workers(), count -> new ArrayList<>())
            .add(new XyChart.Point(crossover.rowCost() * point.times() * 1e6, rows));
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    double low = crossover.points().get(0).times() * crossover.rowCost() * 1e6;
    double high =
        crossover.points().get(crossover.points().size() - 1).times() * crossover.rowCost() * 1e6;
    XyChart chart =
        new XyChart(
            "Rows from which on " + crossover.cluster().family() + " is faster",
            Axis.logarithmic("a serial run's time for a row, µs", low, high),
            Axis.logarithmic("rows", least, most));
    lines.forEach((workers, points) -> chart.line(format("%,d tasks at once", workers), points));
    return Optional.of(
        new Captioned(
            chart.markup(),
            "Above a line, that many tasks at once are faster than "
                + crossover.local()
                + " of this machine. The cluster is simulated with what the measured run on it cost:"
                + " a processor for each task, partitions of the size measured."));
  }

  /** Balance of workers and partitions. */
  List<Captioned> schedules() {
    List<ConfigurationSummary> shown =
        largest().stream().filter(s -> s.workers() > 1).limit(MOST_BARS).toList();
    if (shown.isEmpty()) {
      return List.of();
    }
    double most = shown.stream().mapToDouble(ConfigurationSummary::workerImbalance).max().orElse(1);
    BarChart chart =
        new BarChart(
            "Imbalance of the workers",
            Axis.fromZero("busiest worker's time over the mean", most),
            List.of("imbalance"));
    for (ConfigurationSummary summary : shown) {
      String last =
          summary
              .lastToFinish()
              .map(
                  l ->
                      "others waited "
                          + StudyPage.seconds(l.waited())
                          + " for worker "
                          + l.worker())
              .orElse("");
      chart.bar(
          label(summary),
          format("%.2f", summary.workerImbalance()) + (last.isEmpty() ? "" : "; " + last),
          List.of(summary.workerImbalance()));
    }
    return List.of(
        new Captioned(
            chart.markup(),
            "1 means that all workers worked as long. Behind: how long the others had nothing left"
                + " to do until the last one was done, summed."));
  }

  /** Who worked on which partition when. */
  List<Captioned> timelines() {
    List<Captioned> pictures = new ArrayList<>();
    for (ConfigurationSummary summary : largest()) {
      StudyRun run = analysis.study().medianRun(summary.index());
      if (summary.workers() < 2 || run.spans().isEmpty() || pictures.size() == MOST_TIMELINES) {
        continue;
      }
      int lanes = run.spans().stream().mapToInt(StudyRun.Span::worker).max().orElse(0) + 1;
      Timeline timeline =
          new Timeline(
              "Partitions by worker of " + label(summary),
              Axis.fromZero("seconds since the start of the run", run.wall()),
              lanes);
      List<StudyRun.Span> shown = run.spans().subList(0, Math.min(run.spans().size(), MOST_BOXES));
      for (StudyRun.Span span : shown) {
        timeline.box(
            span.worker(),
            span.partition(),
            span.start(),
            span.end(),
            format(
                "partition %d: %,d rows, %.3f to %.3f s, busy %.3f s",
                span.partition(), span.rows(), span.start(), span.end(), span.busy()));
      }
      String cut =
          shown.size() < run.partitions()
              ? format(" The first %,d of %,d partitions.", shown.size(), run.partitions())
              : "";
      pictures.add(
          new Captioned(
              timeline.markup(),
              label(summary)
                  + format(
                      ", median run of %.3f s: one line a worker, one box a partition.", run.wall())
                  + cut));
    }
    return pictures;
  }
}
