package io.agrippa.cli;

import io.agrippa.cli.compare.SimulationWords;
import io.agrippa.engine.scaling.ConfigurationSummary;
import io.agrippa.engine.scaling.SimulationReport;
import io.agrippa.engine.scaling.StudyAnalysis;
import io.agrippa.engine.scaling.StudyResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;

/** A study in a table and some sentences. */
final class StudyText {
  private StudyText() {}

  static void print(StudyAnalysis analysis, Optional<SimulationReport> simulated, PrintWriter to) {
    StudyResult study = analysis.study();
    Table table =
        new Table("RUNNER", "PARTITION", "ROWS", "SECONDS", "MIN", "MAX", "ROWS/S", "SPEED-UP");
    for (ConfigurationSummary summary : analysis.configurations()) {
      table.add(
          summary.configuration().runner(),
          summary.configuration().partitioning().toString(),
          format("%,d", summary.rows()),
          format("%.3f", summary.wall().median()),
          format("%.3f", summary.wall().min()),
          format("%.3f", summary.wall().max()),
          format("%,.0f", summary.rowsPerSecond()),
          summary.speedup().map(s -> format("%.2f", s.median())).orElse(""));
    }
    table.print(to);
    to.println();
    for (StudyAnalysis.Finding finding : analysis.findings()) {
      to.println(finding.topic() + ": " + finding.answer());
      to.println("  " + finding.evidence());
    }
    simulated.ifPresent(report -> simulation(report, to));
    to.println();
    to.println(
        format(
            "seed %d, %d repeats after %d warm-ups, medians; output %s; %s on %d processors",
            study.seed(),
            study.repeats(),
            study.warmups(),
            study.output().equals("none") ? "hashed, not written" : study.output(),
            study.provenance().java(),
            study.provenance().cores()));
    if (study.end() == StudyResult.End.CANCELLED) {
      to.println(
          format("PARTIAL: the study was cancelled after %d measured runs", study.runs().size()));
    }
    to.flush();
  }

  private static void simulation(SimulationReport report, PrintWriter to) {
    to.println("Simulated: " + SimulationWords.foretold(report));
    to.println("  " + SimulationWords.checked(report));
    SimulationWords.crossover(report)
        .ifPresent(
            words -> {
              to.println("When a cluster pays: " + words);
              to.println("  " + SimulationWords.costs(report));
            });
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
