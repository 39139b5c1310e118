package io.agrippa.spark;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.RowDigest;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunListener;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The driver's account of a run. Reports come in any order and count in that of the input, so the
 * limit and the first bad row are those of a serial run. Safe for use by many threads: Spark hands
 * in reports on a thread of its own.
 */
final class Tally {
  private final List<Feed.Cut> cuts;
  private final Schema columns;
  private final Optional<Aggregation> aggregation;
  private final Optional<Aggregation.State> state;
  private final RunListener listener;

  // Guarded by this.
  private final TaskReport[] waiting;
  private final List<Counted> counted = new ArrayList<>();
  private int next; // partition to count
  private long left; // rows that the limit still admits
  private RowDigest digest = RowDigest.EMPTY;
  private long badRows;
  private long bytesIn;
  private long bytesOut;
  private String origin = "";
  private long rowsOfOrigin;

  /** A partition that counts, without what it was reduced to. */
  record Counted(
      int partition,
      long attempt,
      long rows,
      long begun,
      long ended,
      long[] nanos,
      long cpuNanos,
      long processCpuBegun,
      long processCpuEnded,
      long allocatedBytes) {}

  private final List<String> parts = new ArrayList<>();

  Tally(
      List<Feed.Cut> cuts,
      Schema columns,
      Job job,
      Optional<Aggregation> aggregation,
      RunListener listener) {
    this.cuts = List.copyOf(cuts);
    this.columns = columns;
    this.waiting = new TaskReport[cuts.size()];
    this.left = job.limit().orElse(Long.MAX_VALUE);
    this.aggregation = aggregation;
    this.state = aggregation.map(Aggregation::state);
    this.listener = listener;
  }

  int partitions() {
    return cuts.size();
  }

  Schema columns() {
    return columns;
  }

  /** Takes a report; whether it is now certain that the job fails on a bad row. */
  synchronized boolean take(TaskReport report) {
    waiting[report.partition()] = report;
    while (next < waiting.length && waiting[next] != null && fits(waiting[next])) {
      count(waiting[next]);
      waiting[next] = null;
      next++;
    }
    return isDecided();
  }

  private boolean fits(TaskReport report) {
    return report.problem() == null && report.rows() <= left;
  }

  private void count(TaskReport report) {
    Feed.Cut cut = cuts.get(report.partition());
    if (state.isPresent()) {
      try {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(report.state()));
        state.get().merge(aggregation.orElseThrow().read(in));
      } catch (IOException e) {
        throw new UncheckedIOException("a task's state does not read as it was written", e);
      }
    }
    enter(cut);
    rowsOfOrigin += report.rows();
    left -= report.rows();
    digest = digest.then(report.digest());
    badRows += report.badRows();
    bytesIn += cut.bytes() + report.bytesIn();
    bytesOut += report.bytesOut();
    if (report.part() != null) {
      parts.add(report.part());
    }
    counted.add(
        new Counted(
            report.partition(),
            report.attempt(),
            report.rows(),
            report.begun(),
            report.ended(),
            report.nanos(),
            report.cpuNanos(),
            report.processCpuBegun(),
            report.processCpuEnded(),
            report.allocatedBytes()));
    listener.advanced(report.rows(), cut.bytes() + report.bytesIn());
  }

  private void enter(Feed.Cut cut) {
    if (!cut.origin().equals(origin)) {
      origin = cut.origin();
      rowsOfOrigin = 0;
    }
  }

  /** Whether all before a bad row that the limit admits is counted. */
  synchronized boolean isDecided() {
    TaskReport first = next < waiting.length ? waiting[next] : null;
    return first != null && first.problem() != null && first.rows() < left;
  }

  /**
   * Whether the partition to count next was scored further than the limit admits, so that its first
   * rows have to be scored alone.
   *
   * @throws BadRowException if a bad row comes next
   */
  synchronized boolean isCut() {
    if (isDecided()) {
      TaskReport report = waiting[next];
      enter(cuts.get(next));
      throw new BadRowException(
          origin, rowsOfOrigin + report.rows() + 1, report.problem().rowProblem());
    }
    return left > 0 && next < waiting.length && waiting[next] != null;
  }

  /** The partition to count next. */
  synchronized int next() {
    return next;
  }

  /** Rows that the limit still admits. */
  synchronized long left() {
    return left;
  }

  synchronized boolean isFull() {
    return left == 0;
  }

  synchronized List<Counted> counted() {
    return List.copyOf(counted);
  }

  synchronized List<String> parts() {
    return List.copyOf(parts);
  }

  synchronized Optional<Aggregation.State> state() {
    return state;
  }

  synchronized RowDigest digest() {
    return digest;
  }

  synchronized long badRows() {
    return badRows;
  }

  synchronized long bytesIn() {
    return bytesIn;
  }

  synchronized long bytesOut() {
    return bytesOut;
  }
}
