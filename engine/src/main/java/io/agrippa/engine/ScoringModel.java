package io.agrippa.engine;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.InputField;
import io.agrippa.engine.compile.ModelOperator;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.data.Schema;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * A model that scores records, one at a time: maps from field names to Java values. Made by {@link
 * Agrippa#load}. Immutable; safe for use by many threads.
 *
 * <p>A value may be a {@code Number}, {@code Boolean}, {@code String}, {@code LocalDate}, {@code
 * LocalTime}, {@code LocalDateTime} or {@code Instant} (its reading in UTC). A field that is null
 * or not there is missing; names that the model does not know are passed over. Results are {@code
 * Double}, {@code Float}, {@code Integer}, {@code Long}, {@code Boolean}, {@code String}, {@code
 * LocalDate}, {@code LocalTime} or {@code LocalDateTime}, null where missing.
 */
public final class ScoringModel {
  private final CompiledModel model;
  private final ModelOperator operator;
  private final Deque<RecordWorker> idle = new ArrayDeque<>(); // guarded by itself

  ScoringModel(CompiledModel model) {
    this.model = model;
    this.operator = model.bind(new Schema(model.reads()), List.of(), AbsentColumns.REFUSE);
  }

  /** The modelName, or the name of the model's element where it has none. */
  public String name() {
    String name = model.frame().modelName();
    return name != null ? name : model.frame().element();
  }

  /** The fields that the model takes, in the document's order. */
  public List<InputField> inputs() {
    return model.inputs();
  }

  /** The results that it gives, in the order in which {@link #score} gives them. */
  public List<ResultField> results() {
    return model.results();
  }

  /**
   * Scores a record.
   *
   * @param record values by field name; not changed
   * @return results by name, in order; the caller's own
   * @throws BadRecordException if a value is one that the model refuses; it names the field
   * @throws IllegalArgumentException if a value is of a Java type that the field cannot take
   */
  public Map<String, Object> score(Map<String, ?> record) {
    RecordWorker worker = borrow();
    try {
      return worker.score(record);
    } finally {
      giveBack(worker);
    }
  }

  /** Workers hold scratch space, so they are kept: as many as ever scored at the same time. */
  private RecordWorker borrow() {
    synchronized (idle) {
      RecordWorker worker = idle.poll();
      if (worker != null) {
        return worker;
      }
    }
    return new RecordWorker(model.reads(), model.results(), operator.worker(1));
  }

  private void giveBack(RecordWorker worker) {
    synchronized (idle) {
      idle.push(worker);
    }
  }
}
