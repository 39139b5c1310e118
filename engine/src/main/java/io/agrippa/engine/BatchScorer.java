package io.agrippa.engine;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.run.RowPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores batches with a model. Keeps what was bound to columns of certain types, with its workers,
 * because a caller's batches are nearly always alike. Safe for use by many threads.
 */
final class BatchScorer {
  /**
   * Kinds of batches that are remembered: a caller who never repeats one must not fill the heap.
   */
  private static final int MOST_BINDINGS = 16;

  private final CompiledModel model;
  private final List<String> names;
  private final Map<Kind, Bound> bindings =
      new LinkedHashMap<>(16, 0.75f, true) { // guarded by itself
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Kind, Bound> eldest) {
          return size() > MOST_BINDINGS;
        }
      };

  /** What a model is bound to. */
  private record Kind(Schema columns, RowPolicy policy) {}

  /** A model bound to columns, with the workers that nobody uses just now. */
  private record Bound(Schema columns, BlockOperator operator, Deque<BatchWorker> idle) {}

  /**
   * A scorer.
   *
   * @param names what the data calls the fields that the model reads, in the model's order
   */
  BatchScorer(CompiledModel model, List<String> names) {
    this.model = model;
    this.names = names;
  }

  ColumnBatch score(ColumnBatch batch, RowPolicy policy) {
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < batch.schema().size(); i++) {
      if (names.contains(batch.schema().field(i).name())) {
        positions.add(i);
      }
    }
    Schema columns = new Schema(positions.stream().map(batch.schema()::field).toList());
    Kind kind = new Kind(columns, policy);
    Bound bound;
    synchronized (bindings) {
      bound = bindings.get(kind);
    }
    if (bound == null) {
      bound = bind(kind);
      synchronized (bindings) {
        bindings.put(kind, bound);
      }
    }
    BatchWorker worker = borrow(bound);
    try {
      return worker.score(batch, positions);
    } finally {
      synchronized (bound.idle()) {
        bound.idle().push(worker);
      }
    }
  }

  private BatchWorker borrow(Bound bound) {
    synchronized (bound.idle()) {
      BatchWorker worker = bound.idle().poll();
      if (worker != null) {
        return worker;
      }
    }
    return new BatchWorker(bound.columns(), bound.operator());
  }

  private Bound bind(Kind kind) {
    BlockOperator operator = NamedOperator.of(model, names, kind.columns(), AbsentColumns.REFUSE);
    return new Bound(
        kind.columns(),
        kind.policy() == RowPolicy.STATUS ? new StatusOperator(operator) : operator,
        new ArrayDeque<>());
  }
}
