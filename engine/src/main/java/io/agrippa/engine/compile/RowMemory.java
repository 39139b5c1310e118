package io.agrippa.engine.compile;

import io.agrippa.engine.data.RowDependency;
import java.util.ArrayList;
import java.util.List;

/**
 * What a plan remembers from block to block. It does so after each block, whether a value was asked
 * for in it or not. Immutable; safe for use by many threads, each with a frame of its own.
 *
 * <p>Where there are summaries of whole groups, a partition is gone through twice: all its blocks
 * are gathered, then all are scored.
 */
record RowMemory(List<History> histories, List<RowGroup> groups, List<GroupSummary> summaries) {
  RowMemory {
    histories = List.copyOf(histories);
    groups = List.copyOf(groups);
    summaries = List.copyOf(summaries);
  }

  /** Remembers the frame's block, which was scored. */
  void keep(Frame frame) {
    summaries.forEach(summary -> summary.pass(frame));
    keep(frame, histories, groups);
  }

  /** Gathers the frame's block. */
  void gather(Frame frame) {
    summaries.forEach(summary -> summary.gather(frame));
    keep(
        frame,
        histories.stream().filter(history -> history.lateness() == Lateness.EARLY).toList(),
        groups.stream().filter(group -> group.lateness() == Lateness.EARLY).toList());
  }

  /** All blocks of the partition are gathered; the next block is the first one again. */
  void endGathering(Frame frame) {
    summaries.forEach(summary -> summary.endGathering(frame));
    forgetRows(frame);
  }

  /** The next block is the first of a partition. */
  void forget(Frame frame) {
    summaries.forEach(summary -> summary.forget(frame));
    forgetRows(frame);
  }

  private static void keep(Frame frame, List<History> histories, List<RowGroup> groups) {
    // Who is asked for the first time in this block may look back itself, at rows before it.
    histories.forEach(history -> frame.vector(history.field().slot()));
    groups.forEach(group -> frame.vector(group.slot()));
    histories.forEach(history -> history.keep(frame));
    groups.forEach(group -> group.keep(frame));
  }

  private void forgetRows(Frame frame) {
    histories.forEach(history -> history.forget(frame));
    groups.forEach(group -> group.forget(frame));
  }

  /** Which rows belong together: those that every group keeps together. */
  RowDependency dependency() {
    if (groups.isEmpty()) {
      return new RowDependency.None();
    }
    List<String> fields = new ArrayList<>(groups.get(0).inputs());
    groups.forEach(group -> fields.retainAll(group.inputs()));
    return new RowDependency.WithinGroup(
        fields, summaries.isEmpty() ? RowDependency.Reach.EARLIER : RowDependency.Reach.ALL);
  }
}
