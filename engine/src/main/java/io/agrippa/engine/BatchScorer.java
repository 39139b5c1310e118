package io.agrippa.engine;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
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

  /** What a model is bound to: types of the columns that it reads, in its order. */
  private record Kind(List<Type> types, RowPolicy policy) {}

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
    int[] positions = positions(batch);
    List<Type> types = new ArrayList<>(positions.length);
    for (int position : positions) {
      types.add(batch.schema().field(position).type());
    }
    Kind kind = new Kind(types, policy);
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
    return new BatchWorker(bound.columns(), bound.operator(), names);
  }

  private Bound bind(Kind kind) {
    List<Field> reads = model.reads();
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < reads.size(); i++) {
      fields.add(new Field(reads.get(i).name(), kind.types().get(i)));
    }
    Schema columns = new Schema(fields);
    BlockOperator operator = model.bind(columns, List.of(), AbsentColumns.REFUSE);
    return new Bound(
        columns,
        kind.policy() == RowPolicy.STATUS ? new StatusOperator(operator) : operator,
        new ArrayDeque<>());
  }

  private int[] positions(ColumnBatch batch) {
    Map<String, Integer> byName = new LinkedHashMap<>();
    List<Field> fields = batch.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      byName.put(fields.get(i).name(), i);
    }
    int[] positions = new int[names.size()];
    List<String> absent = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      Integer position = byName.get(names.get(i));
      if (position == null) {
        absent.add(names.get(i));
      } else {
        positions[i] = position;
      }
    }
    if (!absent.isEmpty()) {
      throw new IllegalArgumentException(
          "the batch has no column %s, which the model reads; add it, or name it when the model is loaded. The model reads %s; the batch has %s"
              .formatted(quoted(absent), quoted(names), quoted(batch.schema().names())));
    }
    return positions;
  }

  private static String quoted(List<String> names) {
    return names.isEmpty() ? "no columns" : "\"" + String.join("\", \"", names) + "\"";
  }
}
