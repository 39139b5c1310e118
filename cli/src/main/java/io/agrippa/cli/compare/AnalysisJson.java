package io.agrippa.cli.compare;

import io.agrippa.engine.scaling.ConfigurationSummary;
import io.agrippa.engine.scaling.CostFit;
import io.agrippa.engine.scaling.CostModel;
import io.agrippa.engine.scaling.Crossover;
import io.agrippa.engine.scaling.LossAccount;
import io.agrippa.engine.scaling.ProcessorTime;
import io.agrippa.engine.scaling.ScalingLaw;
import io.agrippa.engine.scaling.ScalingSeries;
import io.agrippa.engine.scaling.SimulationReport;
import io.agrippa.engine.scaling.Spread;
import io.agrippa.engine.scaling.StudyAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A study with the figures computed from it, as JSON. */
public final class AnalysisJson {
  private AnalysisJson() {}

  /** Measurements first; each configuration with its summary; then what concerns several. */
  public static Map<String, Object> of(
      StudyAnalysis analysis, Optional<SimulationReport> simulated) {
    Map<String, Object> json = StudyJson.of(analysis.study());
    List<Object> configurations = new ArrayList<>();
    List<?> measured = (List<?>) json.get("configurations");
    for (int i = 0; i < measured.size(); i++) {
      Map<Object, Object> entry = new LinkedHashMap<>((Map<?, ?>) measured.get(i));
      for (ConfigurationSummary summary : analysis.configurations()) {
        if (summary.index() == i) {
          entry.put("summary", summary(summary));
        }
      }
      configurations.add(entry);
    }
    json.put("configurations", configurations);
    json.put("waits", analysis.waits());
    json.put("series", analysis.series().stream().map(AnalysisJson::series).toList());
    json.put("costModels", analysis.costs().stream().map(AnalysisJson::cost).toList());
    json.put(
        "processorTimes", analysis.processorTimes().stream().map(AnalysisJson::processor).toList());
    json.put("findings", analysis.findings().stream().map(AnalysisJson::finding).toList());
    simulated.ifPresent(
        report -> {
          json.put(StudyJson.SIMULATE, report.request().texts());
          json.put("simulation", simulation(report));
        });
    return json;
  }

  private static Map<String, Object> finding(StudyAnalysis.Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("topic", finding.topic());
    json.put("answer", finding.answer());
    json.put("evidence", finding.evidence());
    return json;
  }

  private static Map<String, Object> processor(ProcessorTime time) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runner", time.runner());
    json.put("partition", time.partitioning().toString());
    json.put("steady", time.steady());
    json.put("secondsPerRow", spread(time.perRow()));
    time.ratio().ifPresent(ratio -> json.put("ratio", spread(ratio)));
    return json;
  }

  private static Map<String, Object> crossover(Crossover crossover) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cluster", crossover.cluster().family());
    json.put("startUpSeconds", crossover.cluster().startUp());
    json.put("warmUpSeconds", crossover.cluster().warmUp());
    json.put("partitionOverheadSeconds", crossover.cluster().overhead());
    json.put("slowdown", crossover.cluster().slowdown());
    json.put("local", crossover.local());
    json.put("localStartSeconds", crossover.localStart());
    json.put("localRowSeconds", crossover.localRow());
    json.put("rowCostSeconds", crossover.rowCost());
    List<Object> points = new ArrayList<>();
    for (Crossover.Point point : crossover.points()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("workers", point.workers());
      entry.put("rowCostSeconds", crossover.rowCost() * point.times());
      point.rows().ifPresent(rows -> entry.put("fromRows", rows));
      points.add(entry);
    }
    json.put("points", points);
    return json;
  }

  private static Map<String, Object> simulation(SimulationReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    List<Object> foretold = new ArrayList<>();
    for (SimulationReport.Foretold run : report.foretold()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("family", run.family());
      entry.put("costsOf", run.configuration().toString());
      entry.put("workers", run.workers());
      entry.put("seconds", spread(run.seconds()));
      entry.put("speedup", run.speedup());
      foretold.add(entry);
    }
    json.put("foretold", foretold);
    List<Object> checked = new ArrayList<>();
    for (SimulationReport.Checked run : report.checked()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("configuration", run.configuration().toString());
      entry.put("measuredSeconds", run.measured());
      entry.put("simulatedSeconds", run.simulated());
      entry.put("relativeError", run.error());
      checked.add(entry);
    }
    json.put("checked", checked);
    json.put("crossovers", report.crossovers().stream().map(AnalysisJson::crossover).toList());
    report.usualError().ifPresent(error -> json.put("medianRelativeError", error));
    return json;
  }

  private static Map<String, Object> summary(ConfigurationSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("workers", summary.workers());
    json.put("rows", summary.rows());
    json.put("partitions", summary.partitions());
    json.put("wallSeconds", spread(summary.wall()));
    json.put("rowsPerSecond", summary.rowsPerSecond());
    summary.speedup().ifPresent(spread -> json.put("speedup", spread(spread)));
    summary.efficiency().ifPresent(spread -> json.put("efficiency", spread(spread)));
    summary.karpFlatt().ifPresent(fraction -> json.put("karpFlatt", fraction));
    summary.losses().ifPresent(losses -> json.put("losses", losses(losses)));
    summary.processors().ifPresent(busy -> json.put("processorsBusy", busy));
    json.put("workerImbalance", summary.workerImbalance());
    json.put("partitionImbalance", summary.partitionImbalance());
    summary
        .lastToFinish()
        .ifPresent(
            last -> {
              Map<String, Object> entry = new LinkedHashMap<>();
              entry.put("worker", last.worker());
              entry.put("partition", last.partition());
              entry.put("othersWaitedSeconds", last.waited());
              json.put("lastToFinish", entry);
            });
    return json;
  }

  private static Map<String, Object> spread(Spread spread) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", spread.count());
    json.put("median", spread.median());
    json.put("min", spread.min());
    json.put("max", spread.max());
    json.put("low", spread.low());
    json.put("high", spread.high());
    json.put("coverage", spread.coverage());
    return json;
  }

  private static Map<String, Object> losses(LossAccount losses) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("availableSeconds", losses.available());
    json.put("usefulSeconds", losses.useful());
    json.put("aloneSeconds", losses.alone());
    json.put("waitingSeconds", losses.waiting());
    json.put("slowerSeconds", losses.slower());
    losses.descheduled().ifPresent(seconds -> json.put("descheduledSeconds", seconds));
    return json;
  }

  private static Map<String, Object> series(ScalingSeries series) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("family", series.family());
    json.put("partition", series.partitioning().toString());
    series.limit().ifPresent(limit -> json.put("limit", limit));
    List<Object> points = new ArrayList<>();
    for (ScalingLaw.Point point : series.points()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("workers", point.workers());
      entry.put("seconds", point.seconds());
      points.add(entry);
    }
    json.put("points", points);
    json.put("leftOutOfFits", series.leftOut());
    json.put("amdahl", fit(series.amdahl()));
    json.put("universal", fit(series.universal()));
    return json;
  }

  private static Map<String, Object> fit(ScalingLaw.Fit fit) {
    Map<String, Object> json = new LinkedHashMap<>();
    fit.law()
        .ifPresent(
            law -> {
              json.put("singleSeconds", law.single());
              json.put("contention", law.contention());
              json.put("coherence", law.coherence());
              json.put("worstRelativeError", law.worst());
              law.peak().ifPresent(peak -> json.put("peakWorkers", peak));
            });
    json.put("why", fit.why());
    return json;
  }

  private static Map<String, Object> cost(CostFit fit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("family", fit.family());
    Map<String, Object> terms = new LinkedHashMap<>();
    Map<String, Object> not = new LinkedHashMap<>();
    for (CostModel.Term term : CostModel.Term.values()) {
      String name = term.name().toLowerCase(Locale.ROOT).replace("_up", "Up") + "Seconds";
      if (fit.model().coefficients().containsKey(term)) {
        terms.put(name, fit.model().coefficient(term));
      } else {
        not.put(name, fit.model().notIdentified().get(term));
      }
    }
    json.put("terms", terms);
    json.put("notIdentified", not);
    json.put("worstRelativeError", fit.model().worst());
    json.put("heldOut", fit.heldOut().stream().map(AnalysisJson::heldOut).toList());
    fit.usualError().ifPresent(error -> json.put("heldOutMedianRelativeError", error));
    json.put("largestHeldOut", fit.largestHeldOut().stream().map(AnalysisJson::heldOut).toList());
    fit.largestError().ifPresent(error -> json.put("largestHeldOutMedianRelativeError", error));
    return json;
  }

  private static Map<String, Object> heldOut(CostModel.HeldOut held) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", held.point().load().rows());
    json.put("partitions", held.point().load().partitions());
    json.put("workers", held.point().load().workers());
    json.put("measuredSeconds", held.point().seconds());
    json.put("predictedSeconds", held.predicted());
    json.put("relativeError", held.error());
    return json;
  }
}
