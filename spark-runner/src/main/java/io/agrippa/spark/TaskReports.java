package io.agrippa.spark;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * What tasks tell that hand their rows to one of Spark's sinks, and so can return nothing: by
 * partition. Spark adds up tasks that succeeded; where it does one again whose rows were lost, that
 * tells the same once more and counts once.
 */
final class TaskReports extends AccumulatorV2<TaskReport, Map<Integer, TaskReport>> {
  private static final long serialVersionUID = 1L;

  private final TreeMap<Integer, TaskReport> reports = new TreeMap<>(); // guarded by this

  @Override
  public synchronized boolean isZero() {
    return reports.isEmpty();
  }

  @Override
  public synchronized TaskReports copy() {
    TaskReports copy = new TaskReports();
    copy.reports.putAll(reports);
    return copy;
  }

  @Override
  public synchronized void reset() {
    reports.clear();
  }

  @Override
  public synchronized void add(TaskReport report) {
    reports.putIfAbsent(report.partition(), report);
  }

  @Override
  public void merge(AccumulatorV2<TaskReport, Map<Integer, TaskReport>> other) {
    other.value().values().forEach(this::add);
  }

  @Override
  public synchronized Map<Integer, TaskReport> value() {
    return new TreeMap<>(reports);
  }
}
