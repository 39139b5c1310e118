package io.agrippa.spark;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.spark.util.AccumulatorV2;

/**
 * What tasks tell that hand their rows to one of Spark's sinks, and so can return nothing: by
 * partition. Spark adds up tasks that succeeded; where it does one again whose rows were lost, that
 * tells the same once more and counts once.
 */
final class TaskReports extends AccumulatorV2<TaskReport, Map<Integer, TaskReport>> {
  private static final long serialVersionUID = 1L;

  private final transient Consumer<TaskReport> listener; // null but on the driver
  private final TreeMap<Integer, TaskReport> reports = new TreeMap<>(); // guarded by this

  /**
   * Of no reports yet.
   *
   * @param listener hears, on one thread of Spark's, of each partition that is done
   */
  TaskReports(Consumer<TaskReport> listener) {
    this.listener = listener;
  }

  @Override
  public synchronized boolean isZero() {
    return reports.isEmpty();
  }

  @Override
  public synchronized TaskReports copy() {
    TaskReports copy = new TaskReports(null);
    copy.reports.putAll(reports);
    return copy;
  }

  @Override
  public synchronized void reset() {
    reports.clear();
  }

  @Override
  public synchronized void add(TaskReport report) {
    if (reports.putIfAbsent(report.partition(), report) == null && listener != null) {
      listener.accept(report);
    }
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
