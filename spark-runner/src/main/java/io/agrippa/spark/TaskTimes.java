package io.agrippa.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.TaskInfo;

/**
 * Hears from Spark when the tasks of one job group began and ended, by the driver's clock, and on
 * which executor. Spark tells it on a thread of its own, some time after the fact; safe for use by
 * many threads.
 */
final class TaskTimes extends SparkListener {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_WITH_TASKS_NANOS = TimeUnit.SECONDS.toNanos(60);

  /**
   * A task that succeeded.
   *
   * @param attempt Spark's number of the attempt, of which there is no second in an application
   * @param launched milliseconds since the epoch
   * @param finished milliseconds since the epoch
   * @param bytesOut bytes that Spark wrote for it
   */
  record Span(
      int partition, long attempt, String executor, long launched, long finished, long bytesOut) {}

  private final String group;

  // Guarded by this.
  private final Set<Integer> stages = new HashSet<>();
  private final Set<Integer> jobs = new HashSet<>(); // those that run
  private final Set<Long> tasks = new HashSet<>(); // those that run
  private final Map<Long, Span> spans = new HashMap<>();
  private final List<String> troubles = new ArrayList<>();
  private int failed;
  private int doubled;

  TaskTimes(String group) {
    this.group = group;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart start) {
    if (start.properties() != null
        && group.equals(start.properties().getProperty("spark.jobGroup.id"))) {
      start.stageIds().foreach(id -> stages.add((Integer) id));
      jobs.add(start.jobId());
    }
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd end) {
    jobs.remove(end.jobId());
    notifyAll();
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    if (stages.contains(start.stageId())) {
      tasks.add(start.taskInfo().taskId());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (!stages.contains(end.stageId())) {
      return;
    }
    TaskInfo task = end.taskInfo();
    tasks.remove(task.taskId());
    notifyAll();
    if (task.successful()) {
      doubled += task.speculative() ? 1 : 0;
      spans.put(
          task.taskId(),
          new Span(
              task.partitionId(),
              task.taskId(),
              task.executorId(),
              task.launchTime(),
              task.finishTime(),
              end.taskMetrics().outputMetrics().bytesWritten()));
    } else if (task.failed()) { // not one that was killed because another was faster
      failed++;
    }
  }

  @Override
  public synchronized void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    troubles.add(
        "executor %s was lost: %s; what it left undone was done again"
            .formatted(removed.executorId(), removed.reason().strip()));
  }

  /**
   * The spans of these attempts, those of which Spark has told, after waiting for the others a
   * little.
   */
  synchronized List<Span> spans(Set<Long> attempts) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!spans.keySet().containsAll(attempts) && deadline - System.nanoTime() > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, deadline - System.nanoTime()));
    }
    return spans.values().stream().filter(span -> attempts.contains(span.attempt())).toList();
  }

  /**
   * Waits, for a minute at most, until jobs of the group that have failed are over with all their
   * tasks: Spark gives a failed job up while tasks of it still run.
   */
  synchronized void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_WITH_TASKS_NANOS;
    while (stages.isEmpty() || !jobs.isEmpty() || !tasks.isEmpty()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** What went wrong on the way and was made good, in words; empty where nothing did. */
  synchronized List<String> troubles() {
    List<String> all = new ArrayList<>(troubles);
    if (failed > 0) {
      all.add(tasks(failed) + " failed at first and succeeded in the end");
    }
    if (doubled > 0) {
      all.add(tasks(doubled) + " ran late and succeeded at a second place first");
    }
    return all;
  }

  private static String tasks(int count) {
    return count + (count == 1 ? " task" : " tasks");
  }
}
