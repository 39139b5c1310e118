package io.agrippa.engine.compile;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Cell;
import io.agrippa.engine.data.RowProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts a trace together when its row is scored. */
final class Tracing {
  private Tracing() {}

  /**
   * The trace.
   *
   * @param scored the row's results, behind so many kept columns
   */
  static Trace of(CompiledModel model, Frame frame, TraceLog log, Block scored, int kept) {
    Optional<String> problem = scored.problems().stream().map(RowProblem::text).findFirst();
    List<Trace.Result> results = new ArrayList<>();
    for (int i = 0; i < model.results().size() && problem.isEmpty(); i++) {
      results.add(
          new Trace.Result(
              model.results().get(i).name(),
              Optional.ofNullable(
                  Cell.value(scored.schema().field(kept + i).type(), scored.column(kept + i), 0))));
    }
    // Groups were gathered from these, so they count as used, though scoring does not look again.
    model.memory().summaries().forEach(summary -> frame.vector(summary.field().slot()));
    // Derived fields first: looking at an input that nobody asked for computes it.
    List<Trace.Derived> derived = new ArrayList<>();
    for (TracedField field : model.traced()) {
      if (field instanceof TracedField.Derived one && frame.isComputed(one.slot())) {
        derived.add(one.trace(frame, log));
      }
    }
    derived.sort(Comparator.comparingInt(Trace.Derived::line));
    List<Trace.Input> inputs = new ArrayList<>();
    for (TracedField field : model.traced()) {
      if (field instanceof TracedField.Treated one) {
        inputs.add(one.trace(frame, log));
      }
    }
    return new Trace(inputs, derived, log.whole(), results, problem);
  }
}
