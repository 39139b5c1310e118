package io.agrippa.models;

import io.agrippa.engine.model.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes down how a model came about. Nothing of it changes from one run to the next: no time, no
 * machine, no Java version.
 */
final class Provenance {
  /** The release whose training this is; raised when the same request gives another document. */
  private static final String VERSION = "0.1";

  private Provenance() {}

  /** The Header: one annotation a fact, as {@code name: value}. */
  static Document.Header header(TrainingRequest request, TrainingReport report) {
    List<String> facts = new ArrayList<>();
    facts.add("data: " + request.data().name());
    if (!request.data().sha256().isEmpty()) {
      facts.add("data sha-256: " + request.data().sha256());
    }
    facts.add("target: " + target(request.target()));
    facts.add("algorithm: " + request.algorithm().label());
    facts.add("options: " + options(request.algorithm().options()));
    facts.add("library: " + library(request.algorithm()));
    facts.add("seed: " + request.seed());
    facts.add(
        "rows: %d in the data, %d learnt from, %d without target, %d measured%s"
            .formatted(
                report.rows(),
                report.learnt(),
                report.withoutTarget(),
                report.measured(),
                request.share() < 1 ? " (none of them learnt from)" : " (the ones learnt from)"));
    for (TrainingReport.Metric metric : report.metrics()) {
      facts.add("%s: %s".formatted(metric.name(), number(metric.value())));
    }
    return new Document.Header(null, request.title(), "Agrippa", VERSION, null, facts);
  }

  /** Six significant digits: enough to compare, too few to depend on the order of a sum. */
  static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private static String target(TrainingTarget target) {
    if (target instanceof TrainingTarget.Above above) {
      return "%s, which is \"%s\" where %s > %s, else \"%s\""
          .formatted(
              above.name(),
              above.above(),
              above.column(),
              Decimal.text(above.bound()),
              above.otherwise());
    }
    return target.name();
  }

  private static String options(Map<String, String> options) {
    return options.entrySet().stream()
        .map(e -> e.getKey() + "=" + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String library(Algorithm algorithm) {
    if (algorithm instanceof LinearRegression) {
      return "Apache Commons Math " + version(org.apache.commons.math3.util.FastMath.class);
    }
    return "Smile " + version(smile.math.MathEx.class);
  }

  private static String version(Class<?> type) {
    return type.getPackage().getImplementationVersion();
  }
}
