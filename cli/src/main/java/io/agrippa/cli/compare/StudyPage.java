package io.agrippa.cli.compare;

import io.agrippa.cli.html.Page;
import io.agrippa.engine.scaling.Configuration;
import io.agrippa.engine.scaling.ConfigurationSummary;
import io.agrippa.engine.scaling.CostFit;
import io.agrippa.engine.scaling.CostModel;
import io.agrippa.engine.scaling.Crossover;
import io.agrippa.engine.scaling.ScalingLaw;
import io.agrippa.engine.scaling.ScalingSeries;
import io.agrippa.engine.scaling.SimulationReport;
import io.agrippa.engine.scaling.Spread;
import io.agrippa.engine.scaling.StudyAnalysis;
import io.agrippa.engine.scaling.StudyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report of a study: the answers first, then what they rest on. */
public final class StudyPage {
  private StudyPage() {}

  /** The whole page. */
  public static String html(StudyAnalysis analysis, Optional<SimulationReport> simulated) {
    StudyResult study = analysis.study();
    Page page = new Page("What parallelism does to " + study.model() + " on " + study.input());
    page.lead(lead(study));
    if (study.end() == StudyResult.End.CANCELLED) {
      page.caution(
          "Partial",
          "The study was cancelled: these are the figures of what was measured until then.",
          format(
              "%d of %d runs.",
              study.runs().size(), study.repeats() * study.configurations().size()));
    }
    for (StudyAnalysis.Finding finding : analysis.findings()) {
      if (finding.topic().equals(StudyAnalysis.Finding.SHARED_MACHINE)) {
        page.caution(finding.topic(), finding.answer(), finding.evidence());
      } else {
        page.finding(finding.topic(), finding.answer(), finding.evidence());
      }
    }
    simulated.ifPresent(
        report ->
            page.finding(
                "Simulated", SimulationWords.foretold(report), SimulationWords.checked(report)));
    simulated.ifPresent(
        report ->
            SimulationWords.crossover(report)
                .ifPresent(
                    words ->
                        page.finding("When a cluster pays", words, SimulationWords.costs(report))));
    StudyCharts charts = new StudyCharts(analysis);
    page.section("Speed-up and efficiency");
    page.figures(charts.scaling());
    page.section("Where the time of the workers went");
    charts.losses().forEach(picture -> page.figure(picture.picture(), picture.caption()));
    page.section("What was measured");
    measured(page, analysis);
    page.section("Scaling laws");
    laws(page, analysis);
    page.section("Cost model");
    costs(page, analysis, charts);
    if (!charts.schedules().isEmpty()) {
      page.section("Balance");
      charts.schedules().forEach(picture -> page.figure(picture.picture(), picture.caption()));
    }
    if (!charts.timelines().isEmpty()) {
      page.section("Who worked on which partition when");
      charts.timelines().forEach(picture -> page.figure(picture.picture(), picture.caption()));
    }
    simulated.ifPresent(report -> simulation(page, report));
    simulated.ifPresent(report -> crossovers(page, report));
    page.section("Again");
    page.paragraph(
        "All figures of this page follow from the JSON of the study, which the first command"
            + " prints with --json; the second computes them again:");
    page.code(study.command());
    page.code("agrippa compare --from STUDY.json --report again.html");
    return page.html();
  }

  private static void simulation(Page page, SimulationReport report) {
    page.section("Simulation");
    page.paragraph(
        "Simulated event by event with the costs of the partitions in the median serial run, each"
            + " worker with a processor of its own. Asked for: "
            + report.request().texts().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "))
            + ".");
    page.table(
        List.of("Runner", "Costs of", "Workers", "Seconds", "Least–most", "Speed-up"),
        report.foretold().stream()
            .map(
                run ->
                    List.of(
                        run.family(),
                        run.configuration().toString(),
                        format("%,d", run.workers()),
                        format("%.3f", run.seconds().median()),
                        format("%.3f–%.3f", run.seconds().min(), run.seconds().max()),
                        format("%.2f", run.speedup())))
            .toList());
    page.paragraph(
        "The same simulation of what this machine did run; nothing of it was fitted to these:");
    page.table(
        List.of("Configuration", "Measured", "Simulated", "Off by"),
        report.checked().stream()
            .map(
                run ->
                    List.of(
                        run.configuration().toString(),
                        format("%.3f s", run.measured()),
                        format("%.3f s", run.simulated()),
                        format("%+.1f %%", 100 * run.error())))
            .toList());
  }

  private static void crossovers(Page page, SimulationReport report) {
    for (Crossover crossover : report.crossovers()) {
      page.section("From when on " + crossover.cluster().family() + " beats " + crossover.local());
      StudyCharts.crossover(crossover)
          .ifPresent(picture -> page.figure(picture.picture(), picture.caption()));
      page.table(
          List.of("Tasks at once", "Cost per row", "Faster from"),
          crossover.points().stream()
              .map(
                  point ->
                      List.of(
                          format("%,d", point.workers()),
                          seconds(crossover.rowCost() * point.times()),
                          point.rows().isPresent()
                              ? format("%,d rows", point.rows().getAsLong())
                              : "never"))
              .toList());
    }
  }

  private static String lead(StudyResult study) {
    return format(
        "%d repeats after %d warm-ups, shuffled by seed %d; medians; rows %s; Agrippa %s, Java %s,"
            + " %s, %d processors, heap %,d MiB; model %s",
        study.repeats(),
        study.warmups(),
        study.seed(),
        study.output().equals("none") ? "hashed, not written" : "written as " + study.output(),
        study.provenance().version(),
        study.provenance().java(),
        study.provenance().os(),
        study.provenance().cores(),
        study.provenance().maxHeapBytes() >> 20,
        study.provenance().modelDigest());
  }

  private static void measured(Page page, StudyAnalysis analysis) {
    List<List<String>> rows = new ArrayList<>();
    for (ConfigurationSummary s : analysis.configurations()) {
      Configuration c = s.configuration();
      rows.add(
          List.of(
              c.runner(),
              c.partitioning().toString(),
              format("%,d", s.partitions()),
              format("%,d", s.rows()),
              format("%.3f", s.wall().median()),
              format("%.3f–%.3f", s.wall().min(), s.wall().max()),
              format("%,.0f", s.rowsPerSecond()),
              s.speedup().map(v -> format("%.2f", v.median())).orElse("–"),
              s.speedup().map(StudyPage::interval).orElse("–"),
              s.efficiency().map(v -> format("%.0f %%", 100 * v.median())).orElse("–"),
              s.karpFlatt().isPresent() ? format("%.3f", s.karpFlatt().getAsDouble()) : "–",
              s.processors().isPresent() ? format("%.2f", s.processors().getAsDouble()) : "–"));
    }
    page.table(
        List.of(
            "Runner",
            "Cut",
            "Partitions",
            "Rows",
            "Seconds",
            "Least–most",
            "Rows/s",
            "Speed-up",
            "Interval",
            "Efficiency",
            "Karp–Flatt",
            "Processors busy"),
        rows);
    page.paragraph(
        "Speed-ups compare runs of the same round. The interval is the narrowest between two"
            + " measured values that holds the true median with 95 %, or, of few repeats, all of"
            + " them with the probability in brackets.");
  }

  private static String interval(Spread spread) {
    return spread.count() == 1
        ? "one run"
        : format("%.2f–%.2f (%.0f %%)", spread.low(), spread.high(), 100 * spread.coverage());
  }

  private static void laws(Page page, StudyAnalysis analysis) {
    List<List<String>> rows = new ArrayList<>();
    for (ScalingSeries series : analysis.series()) {
      rows.add(law("Amdahl", series, series.amdahl()));
      rows.add(law("Universal", series, series.universal()));
    }
    if (rows.isEmpty()) {
      page.paragraph("No runner was measured with more than one number of workers.");
      return;
    }
    page.table(
        List.of("Work", "Law", "Contention", "Coherence", "Largest error", "Rests on"), rows);
    page.paragraph(
        "Amdahl: T = T1·(σ + (1−σ)/N), σ is the contention. Universal Scalability Law:"
            + " T = T1·(1 + σ(N−1) + κN(N−1))/N, κ is the coherence. Fitted to median times by"
            + " least squares of relative errors; no coefficient may be negative."
            + (analysis.waits()
                ? ""
                : " Runs with more workers than processors are left out: the laws speak of workers"
                    + " that have a processor each."));
  }

  private static List<String> law(String name, ScalingSeries series, ScalingLaw.Fit fit) {
    String work =
        series.family()
            + " "
            + series.partitioning()
            + (series.limit().isPresent() ? format(" %,d rows", series.limit().getAsLong()) : "");
    return List.of(
        work,
        name,
        fit.law().map(law -> format("%.4f", law.contention())).orElse("–"),
        fit.law().map(law -> format("%.2g", law.coherence())).orElse("–"),
        fit.law().map(law -> format("%.1f %%", 100 * law.worst())).orElse("–"),
        fit.why());
  }

  private static void costs(Page page, StudyAnalysis analysis, StudyCharts charts) {
    List<List<String>> rows = new ArrayList<>();
    for (CostFit fit : analysis.costs()) {
      List<String> row = new ArrayList<>(List.of(fit.family()));
      for (CostModel.Term term : CostModel.Term.values()) {
        row.add(
            fit.model().coefficients().containsKey(term)
                ? seconds(fit.model().coefficient(term))
                : "not identifiable");
      }
      row.add(format("%.1f %%", 100 * fit.model().worst()));
      row.add(fit.usualError().map(e -> format("%.1f %%", 100 * e)).orElse("–"));
      row.add(fit.largestError().map(e -> format("%.1f %%", 100 * e)).orElse("–"));
      rows.add(row);
    }
    page.paragraph(
        "time = start-up + partitions · overhead + rows · cost / workers at once + workers ·"
            + " overhead. Workers take whole partitions, and no more of them run at once than there"
            + " are processors.");
    page.table(
        List.of(
            "Runner",
            "Cost per row",
            "Start-up",
            "Per partition",
            "Per worker",
            "Largest error",
            "Held out (median)",
            "Largest input held out"),
        rows);
    charts.costs().forEach(picture -> page.figure(picture.picture(), picture.caption()));
  }

  static String seconds(double seconds) {
    if (seconds == 0) {
      return "0";
    }
    return seconds >= 1
        ? format("%.2f s", seconds)
        : seconds >= 1e-3
            ? format("%.2f ms", seconds * 1e3)
            : seconds >= 1e-6 ? format("%.2f µs", seconds * 1e6) : format("%.1f ns", seconds * 1e9);
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
