package io.agrippa.engine.scaling;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.scaling.CostModel.Term;
import io.agrippa.engine.scaling.StudyAnalysis.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Says in words what the figures of a study mean, and which figures say so. */
final class Advisor {
  /** Differences below this are not advice. */
  private static final double SAME = 0.03;

  /** The share of a run that partitions may cost. */
  private static final double PARTITION_SHARE = 0.01;

  /** A load average from which on somebody else was at work. */
  private static final double BUSY_LOAD = 0.5;

  /** How many times the mean the largest partition of a key has at least, to be called skewed. */
  private static final double SKEWED = 2;

  private static final String PROCESSES = "processes";
  private static final String THREADS = "threads";
  private static final String VIRTUAL = "virtual";

  private final StudyAnalysis figures;
  private final int processors;
  private final List<ConfigurationSummary> largest;

  Advisor(StudyAnalysis figures) {
    this.figures = figures;
    this.processors = figures.study().provenance().cores();
    OptionalLong size =
        figures.configurations().stream()
            .max(Comparator.comparingLong(ConfigurationSummary::rows))
            .map(summary -> summary.configuration().limit())
            .orElse(OptionalLong.empty());
    largest =
        figures.configurations().stream()
            .filter(summary -> summary.configuration().limit().equals(size))
            .toList();
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    if (largest.isEmpty()) {
      return findings;
    }
    ConfigurationSummary best = best();
    findings.add(workers(best));
    shared().ifPresent(findings::add);
    why(best).ifPresent(findings::add);
    kind().ifPresent(findings::add);
    virtual().ifPresent(findings::add);
    partitions(best).ifPresent(findings::add);
    skew().ifPresent(findings::add);
    schedules(best).ifPresent(findings::add);
    processes().ifPresent(findings::add);
    beyond().ifPresent(findings::add);
    costs(best).ifPresent(findings::add);
    processorTime().ifPresent(findings::add);
    incidents().ifPresent(findings::add);
    return findings;
  }

  /** The fewest workers of those that are as fast as the fastest, but for a little. */
  private ConfigurationSummary best() {
    double least =
        largest.stream().mapToDouble(summary -> summary.wall().median()).min().orElseThrow();
    return largest.stream()
        .filter(summary -> summary.wall().median() <= least * (1 + SAME))
        .min(
            Comparator.comparingInt(ConfigurationSummary::workers)
                .thenComparingDouble(summary -> summary.wall().median()))
        .orElseThrow();
  }

  private Finding workers(ConfigurationSummary best) {
    String what = best.configuration().runner();
    String cut = best.configuration().partitioning().toString();
    String evidence =
        Words.format(
            "%s takes %s for %,d rows: %,.0f rows/s",
            best.configuration(), Words.time(best.wall()), best.rows(), best.rowsPerSecond());
    if (best.configuration().name().isSerial()) {
      return new Finding(
          "Workers",
          "Run it "
              + what
              + ", cut "
              + cut
              + ": nothing that was tried is more than "
              + Words.percent(SAME)
              + " faster.",
          evidence + ". " + others(best));
    }
    String gain =
        best.speedup()
            .map(
                s ->
                    Words.format(
                        " It is %s times as fast as serial, %s of what %s could give.",
                        Words.times(s),
                        Words.percent(s.median() / best.workers()),
                        best.workers() == 1 ? "1 worker" : best.workers() + " workers"))
            .orElse("");
    boolean unsure = best.speedup().isPresent() && best.speedup().get().low() <= 1;
    return new Finding(
        "Workers",
        "Run it on "
            + what
            + ", cut "
            + cut
            + "."
            + gain
            + (unsure
                ? " That is not certain: some repeat was no faster than serial. Repeat it more"
                    + " often, or on an idle machine."
                : ""),
        evidence + ". " + others(best));
  }

  private String others(ConfigurationSummary best) {
    return "Others: "
        + largest.stream()
            .filter(s -> s.index() != best.index())
            .filter(
                s -> s.configuration().partitioning().equals(best.configuration().partitioning()))
            .sorted(Comparator.comparingDouble(s -> s.wall().median()))
            .map(s -> s.configuration().runner() + " " + Words.seconds(s.wall().median()))
            .collect(Collectors.joining(", "))
        + ".";
  }

  /** Whether others used the machine, so that the figures are less than they could be. */
  private Optional<Finding> shared() {
    OptionalDouble load = figures.study().loadBefore();
    if (load.isEmpty() || load.getAsDouble() < BUSY_LOAD) {
      return Optional.empty();
    }
    String computing =
        StudyAnalysis.computing(figures.study())
            .map(
                share ->
                    "; the serial runs' thread was on a processor for "
                        + Words.percent(share)
                        + " of its working time")
            .orElse("");
    return Optional.of(
        new Finding(
            Finding.SHARED_MACHINE,
            "The machine was not idle when the study began: repeat it on an idle one before you"
                + " rely on these figures.",
            Words.format(
                "Load average %.1f on %d processors%s.",
                load.getAsDouble(), processors, computing)));
  }

  /** What keeps the speed-up below the number of workers. */
  private Optional<Finding> why(ConfigurationSummary best) {
    ConfigurationSummary asked =
        best.workers() > 1
            ? best
            : largest.stream()
                .filter(s -> s.workers() > 1 && s.workers() <= processors)
                .min(Comparator.comparingDouble(s -> s.wall().median()))
                .orElse(null);
    if (asked == null || asked.losses().isEmpty()) {
      return Optional.empty();
    }
    LossAccount losses = asked.losses().get();
    List<String> parts = new ArrayList<>();
    part(parts, losses, losses.slower(), "to the same work taking longer beside other work");
    part(parts, losses, losses.waiting(), "to workers that waited");
    part(parts, losses, losses.alone(), "before and after, while one thread worked alone");
    String answer =
        Words.format(
            "Of the %s that %d workers had, %s were useful.",
            Words.seconds(losses.available()),
            asked.workers(),
            Words.percent(losses.share(losses.useful())));
    answer +=
        parts.isEmpty()
            ? " Nothing to speak of was lost."
            : " Lost: " + String.join("; ", parts) + ".";
    String evidence =
        asked.configuration()
            + ": useful "
            + Words.seconds(losses.useful())
            + ", alone "
            + Words.seconds(losses.alone())
            + ", waiting "
            + Words.seconds(losses.waiting())
            + ", slower "
            + Words.seconds(losses.slower());
    if (losses.descheduled().isPresent()) {
      evidence +=
          "; threads were busy but on no processor for "
              + Words.seconds(losses.descheduled().getAsDouble())
              + (figures.waits() ? " (this work waits)" : "");
    }
    if (asked.karpFlatt().isPresent() && asked.workers() <= processors) {
      evidence += "; Karp–Flatt serial fraction " + Words.percent(asked.karpFlatt().getAsDouble());
    }
    return Optional.of(new Finding("What keeps it lower", answer, evidence + "."));
  }

  private static void part(List<String> parts, LossAccount losses, double seconds, String where) {
    if (losses.share(seconds) >= 0.01) {
      parts.add(Words.percent(losses.share(seconds)) + " " + where);
    }
  }

  private Optional<Finding> partitions(ConfigurationSummary best) {
    List<ConfigurationSummary> cuts =
        largest.stream()
            .filter(s -> s.configuration().runner().equals(best.configuration().runner()))
            .sorted(Comparator.comparingDouble(s -> s.wall().median()))
            .toList();
    Optional<Double> each =
        figures.costs().stream()
            .filter(cost -> cost.family().equals(best.configuration().name().family()))
            .findFirst()
            .filter(cost -> cost.model().coefficient(Term.PARTITION) > 0)
            .map(
                cost ->
                    cost.model().coefficient(Term.PARTITION)
                        * Math.min(best.workers(), processors)
                        / cost.model().coefficient(Term.ROW)
                        / PARTITION_SHARE)
            .filter(rows -> rows < Long.MAX_VALUE)
            .filter(rows -> rows <= best.rows()); // else even one partition costs more than that
    if (cuts.size() < 2 && each.isEmpty()) {
      return Optional.empty();
    }
    ConfigurationSummary worst = cuts.get(cuts.size() - 1);
    double off = worst.wall().median() / cuts.get(0).wall().median() - 1;
    String answer =
        cuts.size() < 2
            ? ""
            : off <= SAME
                ? "How the input is cut hardly matters here (" + Words.percent(off) + ")."
                : Words.format(
                    "Cut it %s; %s takes %s longer.",
                    cuts.get(0).configuration().partitioning(),
                    worst.configuration().partitioning(),
                    Words.percent(off));
    String least =
        each.map(
                rows ->
                    Words.format(
                        " Partitions of %,d rows or more keep their overhead under %s.",
                        (long) Math.ceil(rows), Words.percent(PARTITION_SHARE)))
            .orElse("");
    String evidence =
        best.configuration().runner()
            + ": "
            + cuts.stream()
                .map(
                    s ->
                        Words.format(
                            "%s (%,d partitions) %s",
                            s.configuration().partitioning(),
                            s.partitions(),
                            Words.seconds(s.wall().median())))
                .collect(Collectors.joining(", "))
            + ".";
    return Optional.of(new Finding("Partitions", (answer + least).strip(), evidence));
  }

  private Optional<Finding> schedules(ConfigurationSummary best) {
    int most =
        largest.stream()
            .filter(s -> s.configuration().name().schedule().isPresent())
            .mapToInt(ConfigurationSummary::workers)
            .filter(workers -> workers <= Math.max(processors, best.workers()))
            .max()
            .orElse(0);
    List<ConfigurationSummary> schedules =
        largest.stream()
            .filter(s -> s.configuration().name().schedule().isPresent())
            .filter(s -> most > 1 && s.workers() == most)
            .filter(s -> s.configuration().name().kind().equals(THREADS))
            .filter(
                s -> s.configuration().partitioning().equals(best.configuration().partitioning()))
            .sorted(Comparator.comparingDouble(s -> s.wall().median()))
            .toList();
    if (schedules.size() < 2) {
      return Optional.empty();
    }
    ConfigurationSummary first = schedules.get(0);
    ConfigurationSummary last = schedules.get(schedules.size() - 1);
    double off = last.wall().median() / first.wall().median() - 1;
    String answer =
        off <= SAME
            ? "Which worker gets which partition hardly matters here (" + Words.percent(off) + ")."
            : Words.format(
                "Schedule %s is best; %s takes %s longer.",
                first.configuration().name().schedule().orElseThrow(),
                last.configuration().name().schedule().orElseThrow(),
                Words.percent(off));
    String evidence =
        schedules.stream()
            .map(
                s ->
                    Words.format(
                        "%s %s, busiest worker %.2f of the mean",
                        s.configuration().name().schedule().orElseThrow(),
                        Words.seconds(s.wall().median()),
                        s.workerImbalance()))
            .collect(Collectors.joining("; "));
    return Optional.of(new Finding("Schedule", answer, evidence + "."));
  }

  /** Whether processors are what the work is short of. */
  private Optional<Finding> kind() {
    return StudyAnalysis.computing(figures.study())
        .map(
            share ->
                new Finding(
                    "Waiting or computing",
                    figures.waits()
                        ? "The work waits: it is worth having more workers than processors."
                        : "The work computes: no more than "
                            + processors
                            + " workers can work at once here.",
                    "The serial runs' thread was on a processor for "
                        + Words.percent(share)
                        + " of its working time."));
  }

  /** Virtual threads against as many threads of the system. */
  private Optional<Finding> virtual() {
    List<String> pairs = new ArrayList<>();
    double last = 0;
    for (ConfigurationSummary v : largest) {
      if (!v.configuration().name().kind().equals(VIRTUAL)) {
        continue;
      }
      Optional<ConfigurationSummary> threads =
          largest.stream()
              .filter(
                  s ->
                      s.configuration()
                          .runner()
                          .equals(THREADS + v.configuration().runner().substring(VIRTUAL.length())))
              .filter(
                  s -> s.configuration().partitioning().equals(v.configuration().partitioning()))
              .findFirst();
      if (threads.isPresent()) {
        last = v.wall().median() / threads.get().wall().median() - 1;
        pairs.add(
            Words.format(
                "%s %s, %s %s",
                v.configuration().runner(),
                Words.time(v.wall()),
                threads.get().configuration().runner(),
                Words.time(threads.get().wall())));
      }
    }
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    String answer =
        Math.abs(last) <= SAME
            ? "Virtual threads take as long as as many threads of the system."
            : "With the most workers that were tried with both, virtual threads take "
                + Words.percent(Math.abs(last))
                + (last < 0 ? " less" : " more")
                + " time than threads of the system.";
    return Optional.of(new Finding("Virtual threads", answer, String.join("; ", pairs) + "."));
  }

  private Optional<Finding> processes() {
    Optional<ConfigurationSummary> processes = fastest(PROCESSES);
    Optional<ConfigurationSummary> threads = fastest(THREADS);
    if (processes.isEmpty() || threads.isEmpty()) {
      return Optional.empty();
    }
    double ratio = processes.get().wall().median() / threads.get().wall().median();
    String measured =
        Words.format(
            "%s takes %s, %s takes %s",
            processes.get().configuration(),
            Words.seconds(processes.get().wall().median()),
            threads.get().configuration(),
            Words.seconds(threads.get().wall().median()));
    String answer =
        ratio < 1 - SAME
            ? "Worker processes pay: " + Words.percent(1 - ratio) + " less time than threads."
            : ratio <= 1 + SAME
                ? "Worker processes take as long as threads; take them where a crash of one worker"
                    + " must not end the run."
                : "Worker processes do not pay here: "
                    + Words.percent(ratio - 1)
                    + " more time than threads.";
    Optional<CostFit> p = cost(processes.get());
    Optional<CostFit> t = cost(threads.get());
    // A model that nothing tested says nothing of sizes that were not measured.
    if (p.flatMap(CostFit::usualError).isPresent() && t.flatMap(CostFit::usualError).isPresent()) {
      answer += " " + crossing(p.get().model(), t.get().model(), processes.get(), threads.get());
    }
    return Optional.of(new Finding("Processes", answer, measured + "."));
  }

  private String crossing(
      CostModel p, CostModel t, ConfigurationSummary processes, ConfigurationSummary threads) {
    double perPartition = (double) threads.rows() / Math.max(1, threads.partitions());
    double slopeP = slope(p, processes.workers(), perPartition);
    double slopeT = slope(t, threads.workers(), perPartition);
    double fixedP = fixed(p, processes.workers());
    double fixedT = fixed(t, threads.workers());
    if (slopeP >= slopeT) {
      return fixedP >= fixedT
          ? "By the cost model they never do: they start later and each row costs them no less."
          : "By the cost model they lose more with more rows.";
    }
    double rows = (fixedP - fixedT) / (slopeT - slopeP);
    return rows <= 0
        ? "By the cost model they do at any size."
        : Words.format("By the cost model they do from about %,.0f rows on.", rows);
  }

  private double slope(CostModel model, int workers, double rowsPerPartition) {
    return model.coefficient(Term.ROW) / Math.min(workers, processors)
        + model.coefficient(Term.PARTITION) / rowsPerPartition;
  }

  private static double fixed(CostModel model, int workers) {
    return model.coefficient(Term.START_UP) + model.coefficient(Term.WORKER) * workers;
  }

  private Optional<ConfigurationSummary> fastest(String kind) {
    return largest.stream()
        .filter(s -> s.configuration().name().kind().equals(kind))
        .min(Comparator.comparingDouble(s -> s.wall().median()));
  }

  private Optional<CostFit> cost(ConfigurationSummary summary) {
    String family = summary.configuration().name().family();
    return figures.costs().stream().filter(cost -> cost.family().equals(family)).findFirst();
  }

  /** What more processors would give. */
  private Optional<Finding> beyond() {
    for (ScalingSeries series : figures.series()) {
      Optional<ScalingLaw> law = series.universal().law().or(() -> series.amdahl().law());
      if (law.isEmpty() || !largest.get(0).configuration().limit().equals(series.limit())) {
        continue;
      }
      if (law.get().contention() >= 1) {
        return Optional.of(
            new Finding(
                "More processors",
                "More workers only took longer, so nothing can be said of still more.",
                series.family() + ", " + series.partitioning() + "."));
      }
      boolean universal = series.universal().law().isPresent();
      ScalingLaw found = law.get();
      TreeSet<Integer> more =
          new TreeSet<>(List.of(processors * 2, processors * 4, processors * 16));
      String answer =
          "With a processor each, "
              + (universal ? "the Universal Scalability Law" : "Amdahl's law")
              + " expects "
              + more.stream()
                  .map(n -> Words.format("%.1f times the speed on %d", found.speedup(n), n))
                  .collect(Collectors.joining(", "))
              + (found.exact() ? "; two or three points carry no more than a guess." : ".");
      String evidence =
          Words.format(
              "%s, %s: contention %s, coherence %.2g, %s, largest error on the points %s",
              series.family(),
              series.partitioning(),
              Words.percent(found.contention()),
              found.coherence(),
              universal ? series.universal().why() : series.amdahl().why(),
              Words.percent(found.worst()));
      if (!universal) {
        evidence += "; Universal Scalability Law " + series.universal().why();
      }
      if (!series.leftOut().isEmpty()) {
        evidence +=
            "; left out, for want of processors: "
                + series.leftOut().stream().map(String::valueOf).collect(Collectors.joining(", "))
                + " workers";
      }
      return Optional.of(new Finding("More processors", answer, evidence + "."));
    }
    return Optional.empty();
  }

  /** What runners cost in processor time, against threads. */
  private Optional<Finding> processorTime() {
    List<ProcessorTime> compared =
        figures.processorTimes().stream()
            .filter(time -> time.ratio().isPresent())
            .filter(time -> !RunnerName.parse(time.runner()).isSerial())
            .toList();
    if (compared.isEmpty()) {
      return Optional.empty();
    }
    String base =
        figures.processorTimes().stream()
            .filter(time -> time.ratio().isEmpty())
            .map(time -> time.runner() + " " + Words.seconds(time.perRow().median()))
            .distinct()
            .collect(Collectors.joining(", "));
    String answer =
        "Against "
            + base
            + " of processor time a row: "
            + compared.stream()
                .map(
                    time ->
                        time.runner()
                            + (compared.stream().map(ProcessorTime::partitioning).distinct().count()
                                    > 1
                                ? ", cut " + time.partitioning() + ","
                                : "")
                            + " "
                            + Words.times(time.ratio().orElseThrow())
                            + " times")
                .collect(Collectors.joining("; "))
            + ".";
    String evidence =
        compared.get(0).steady()
            ? "What more rows cost: between the least and the largest input, so without start-up."
            : "With start-up, because inputs of one size only were measured (--limit with several"
                + " sizes takes it out).";
    return Optional.of(
        new Finding(
            "Processor time",
            answer,
            evidence + " All processes, compiling and collecting garbage included."));
  }

  /**
   * A key whose largest partition holds up the others: rows of one key stand in one partition,
   * which one worker works through.
   */
  private Optional<Finding> skew() {
    Finding worst = null;
    double most = 0;
    for (ConfigurationSummary summary : largest) {
      StudyRun run = figures.study().medianRun(summary.index());
      if (!(summary.configuration().partitioning() instanceof Partitioning.Key key)
          || run.spans().size() != run.partitions()
          || run.partitions() < 2) {
        continue; // a timeline that was cut short may lack the largest
      }
      StudyRun.Span heaviest =
          run.spans().stream().max(Comparator.comparingLong(StudyRun.Span::rows)).orElseThrow();
      double share = (double) heaviest.rows() / run.rows();
      if (share <= most || share * run.partitions() < SKEWED) {
        continue;
      }
      most = share;
      worst =
          new Finding(
              "Skew",
              Words.format(
                  "%s is skewed: one of its %d partitions has %s of the rows, so no more than %.1f"
                      + " workers can be busy on average. Where the model computes each row by"
                      + " itself, cut by rows:N or count:K: results and analyses are the same.",
                  key, run.partitions(), Words.percent(share), 1 / share),
              Words.format(
                  "%s: partition %d has %,d of %,d rows; the mean is %,.0f.",
                  summary.configuration(),
                  heaviest.partition(),
                  heaviest.rows(),
                  run.rows(),
                  (double) run.rows() / run.partitions()));
    }
    return Optional.ofNullable(worst);
  }

  /** What went wrong in runs and was made good. */
  private Optional<Finding> incidents() {
    List<String> told = new ArrayList<>();
    for (StudyRun run : figures.study().runs()) {
      for (String incident : run.incidents()) {
        told.add(
            figures.study().configurations().get(run.configuration())
                + ", repeat "
                + (run.repeat() + 1)
                + ": "
                + incident);
      }
    }
    return told.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "Incidents",
                told.size()
                    + (told.size() == 1 ? " thing" : " things")
                    + " went wrong and was made good; the times of those runs are not what others"
                    + " would be.",
                String.join(" ", told)));
  }

  private Optional<Finding> costs(ConfigurationSummary best) {
    Optional<CostFit> found = cost(best).or(() -> figures.costs().stream().findFirst());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    CostFit fit = found.get();
    List<String> terms = new ArrayList<>();
    for (Term term : Term.values()) {
      if (fit.model().coefficients().containsKey(term)) {
        terms.add(term.words() + " " + Words.seconds(fit.model().coefficient(term)));
      }
    }
    String answer =
        "A run on "
            + fit.family()
            + " costs: "
            + String.join(", ", terms)
            + "."
            + fit.usualError()
                .map(
                    error ->
                        " Runs that were held out of the fit are predicted to "
                            + Words.percent(error)
                            + " (median).")
                .orElse(" Too few runs to hold some out and test it.");
    String evidence =
        Words.format(
            "Fitted to %d medians, largest error on them %s",
            fit.points().size(), Words.percent(fit.model().worst()));
    evidence +=
        fit.largestError()
            .map(
                error ->
                    "; the largest input, predicted from the smaller ones, is off by "
                        + Words.percent(error)
                        + " (median)")
            .orElse("");
    for (Map.Entry<Term, String> not :
        fit.model().notIdentified().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .toList()) {
      evidence += "; " + not.getKey().words() + " " + not.getValue();
    }
    return Optional.of(new Finding("Cost model", answer, evidence + "."));
  }
}
