package io.agrippa.models;

import java.util.List;

/**
 * What a training did.
 *
 * @param rows rows in the data
 * @param learnt rows learnt from
 * @param withoutTarget rows left out because they have no target
 * @param measured rows that the metrics were measured on; none of them was learnt from, unless all
 *     rows were
 * @param metrics how good the predictions are
 */
public record TrainingReport(
    long rows, long learnt, long withoutTarget, long measured, List<Metric> metrics) {
  public TrainingReport {
    metrics = List.copyOf(metrics);
  }

  /** A measure, such as AUC. */
  public record Metric(String name, double value) {}
}
