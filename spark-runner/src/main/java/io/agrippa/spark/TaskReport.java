package io.agrippa.spark;

import io.agrippa.engine.data.RowDigest;
import io.agrippa.engine.data.RowProblem;
import java.io.Serializable;

/**
 * What a task tells of its partition. Spark hands the driver one of these for each partition, that
 * of the attempt which succeeded first, so nothing in it counts twice however often a task is
 * tried.
 *
 * @param partition position of the partition in the input
 * @param attempt Spark's number of the attempt, of which there is no second in an application
 * @param rows rows that were scored; of a partition with a bad row that the policy does not allow,
 *     those in front of it
 * @param badRows rows among them that could not be scored
 * @param sum sum of the rows' hashes
 * @param problem the bad row behind {@code rows} that ended the work, or null
 * @param state what the rows were reduced to, as its aggregation writes it, or null
 * @param part the file of the task's rows, or null where the job has no output
 * @param bytesIn bytes that Spark has read for the task, as far as it counts them
 * @param bytesOut bytes written
 * @param begun {@link System#nanoTime} of the executor when the work began
 * @param ended the same when it ended
 * @param nanos working time by ordinal of {@link io.agrippa.engine.measure.Phase}
 * @param cpuNanos processor time of the task's thread, or -1 where the platform does not tell
 * @param processCpuBegun processor time of the executor's process when the work began, in
 *     nanoseconds, or -1 where the platform does not tell
 * @param processCpuEnded the same when it ended
 * @param allocatedBytes bytes that the task's thread allocated, or -1 where it does not tell
 */
record TaskReport(
    int partition,
    long attempt,
    long rows,
    long badRows,
    long sum,
    Problem problem,
    byte[] state,
    String part,
    long bytesIn,
    long bytesOut,
    long begun,
    long ended,
    long[] nanos,
    long cpuNanos,
    long processCpuBegun,
    long processCpuEnded,
    long allocatedBytes)
    implements Serializable {
  /** A {@link RowProblem} that travels. */
  record Problem(String field, String value, String reason) implements Serializable {
    static Problem of(RowProblem problem) {
      return new Problem(problem.field(), problem.value(), problem.reason());
    }

    RowProblem rowProblem() {
      return new RowProblem(0, field, value, reason);
    }
  }

  /** Digest of the rows without their order, which is not kept on a cluster. */
  RowDigest digest() {
    return new RowDigest(rows, sum, 0);
  }
}
