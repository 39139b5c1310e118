package io.agrippa.engine.compile;

import io.agrippa.engine.data.RowDependency;
import java.util.ArrayList;
import java.util.List;

/**
 * What a plan remembers from block to block. It does so after each block, whether a value was asked
 * for in it or not. Immutable; safe for use by many threads, each with a frame of its own.
 */
record RowMemory(List<History> histories, List<RowGroup> groups) {
  RowMemory {
    histories = List.copyOf(histories);
    groups = List.copyOf(groups);
  }

  /** Remembers the frame's block. */
  void keep(Frame frame) {
    // Who is asked for the first time in this block may look back itself, at rows before it.
    histories.forEach(history -> frame.vector(history.field().slot()));
    groups.forEach(group -> frame.vector(group.slot()));
    histories.forEach(history -> history.keep(frame));
    groups.forEach(group -> group.keep(frame));
  }

  /** The next block is the first of a partition. */
  void forget(Frame frame) {
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
    return new RowDependency.WithinGroup(fields);
  }
}
