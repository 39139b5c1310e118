package io.agrippa.engine;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.InputField;
import io.agrippa.engine.compile.ModelOperator;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.compile.Trace;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.run.RowPolicy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model that scores records, one at a time, and batches of plain arrays. Made by {@link
 * Agrippa#load}. Immutable; safe for use by many threads. Needs no other library and no option of
 * the Java virtual machine.
 *
 * <p>A record is a map from field names to Java values. A value may be a {@code Number}, {@code
 * Boolean}, {@code String}, {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime} or {@code
 * Instant} (its reading in UTC). A field that is null or not there is missing; names that the model
 * does not know are passed over. Results are {@code Double}, {@code Float}, {@code Integer}, {@code
 * Long}, {@code Boolean}, {@code String}, {@code LocalDate}, {@code LocalTime} or {@code
 * LocalDateTime}, null where missing.
 */
public final class ScoringModel {
  private final CompiledModel model;
  private final ModelOperator operator;
  private final List<InputField> inputs;
  private final List<Field> named; // the fields that are read, under the data's names
  private final BatchScorer batches;
  private final Deque<RecordWorker> idle = new ArrayDeque<>(); // guarded by itself

  /**
   * A model.
   *
   * @param inputNames what the data calls a field, by its name in the document
   */
  ScoringModel(CompiledModel model, Map<String, String> inputNames) {
    this.model = model;
    this.operator = model.bind(new Schema(model.reads()), List.of(), AbsentColumns.REFUSE);
    requireKnown(inputNames.keySet());
    inputs =
        model.inputs().stream()
            .map(field -> field.named(inputNames.getOrDefault(field.name(), field.name())))
            .toList();
    named =
        model.reads().stream()
            .map(
                field ->
                    new Field(inputNames.getOrDefault(field.name(), field.name()), field.type()))
            .toList();
    batches = new BatchScorer(model, named.stream().map(Field::name).toList());
  }

  /** A model with the names and results of the options. */
  static ScoringModel of(CompiledModel model, LoadOptions options) {
    return new ScoringModel(
        (options.results().isEmpty() ? model : model.withResults(options.results()))
            .taking(options.taken()),
        options.inputNames());
  }

  private void requireKnown(Set<String> fields) {
    List<String> known = model.inputs().stream().map(InputField::name).toList();
    for (String field : new TreeSet<>(fields)) {
      if (!known.contains(field)) {
        throw new ModelException(
            model.place(),
            0,
            "the input \"%s\" is to be renamed, but the model has no such input; it has %s"
                .formatted(field, String.join(", ", known)));
      }
    }
  }

  /** The modelName, or the name of the model's element where it has none. */
  public String name() {
    String name = model.frame().modelName();
    return name != null ? name : model.frame().element();
  }

  /** The fields that the model takes, in the document's order, under the data's names. */
  public List<InputField> inputs() {
    return inputs;
  }

  /** The names of the columns that scoring reads, each once. */
  public List<String> reads() {
    return named.stream().map(Field::name).distinct().toList();
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
   * @throws ModelException if the model computes from other rows, which a record does not have
   */
  public Map<String, Object> score(Map<String, ?> record) {
    requireNoOtherRows();
    RecordWorker worker = borrow();
    try {
      return worker.score(record);
    } finally {
      giveBack(worker);
    }
  }

  /**
   * Scores a record and tells how the results come about: what treatments did to its values, the
   * derived fields, the way through each tree, the terms of regressions, what each segment voted.
   * For looking at a row, not for scoring many: it takes some hundred times as long.
   *
   * @param record as for {@link #score(Map)}
   * @return what happened, with the document's names of fields. A record that the model refuses has
   *     no results, and a problem
   * @throws IllegalArgumentException if a value is of a Java type that the field cannot take
   * @throws ModelException if the model computes from other rows, which a record does not have
   * @throws IllegalStateException if the traced results are not to the bit those of {@link
   *     #score(Map)}, which would be a mistake of this engine
   */
  public Trace trace(Map<String, ?> record) {
    requireNoOtherRows();
    RecordWorker worker = borrow();
    try {
      return operator.trace(worker.block(record), 0);
    } finally {
      giveBack(worker);
    }
  }

  /**
   * Scores a batch. A column that the model does not read is passed over; one that it reads must be
   * there. A large batch is scored faster than many small ones. Where the model computes from
   * earlier rows, those are the earlier rows of this batch.
   *
   * @param batch its arrays must not change meanwhile
   * @return one column a result, in order, with as many rows
   * @throws BadRecordException for the first row that the model refuses; it names row and field
   * @throws IllegalArgumentException if a column is not there
   * @throws ModelException if a column is of a type that its field cannot take
   */
  public ColumnBatch score(ColumnBatch batch) {
    return score(batch, RowPolicy.FAIL);
  }

  /**
   * As {@link #score(ColumnBatch)}, but rows that the model refuses are treated as the policy says:
   * {@link RowPolicy#NULL} makes their results missing, {@link RowPolicy#STATUS} also adds a column
   * {@code status} that says why. {@link ColumnBatch#problems()} has the reasons in either case.
   */
  public ColumnBatch score(ColumnBatch batch, RowPolicy policy) {
    ColumnBatch scored = batches.score(batch, policy);
    if (policy == RowPolicy.FAIL && !scored.problems().isEmpty()) {
      throw BadRecordException.inBatch(scored.problems().get(0));
    }
    return scored;
  }

  /**
   * The model on columns of these names and types, for callers who have blocks, or Arrow's vectors
   * ({@link io.agrippa.engine.arrow.ArrowScorer}).
   *
   * @throws IllegalArgumentException if a column that the model reads is not there
   * @throws ModelException if a column is of a type that its field cannot take
   */
  public BlockOperator operator(Schema columns) {
    return operator(columns, AbsentColumns.REFUSE, RowPolicy.FAIL);
  }

  /**
   * As {@link #operator(Schema)}, for data that may lack columns, and for callers who want to write
   * down what is wrong with rows. Whatever the policy, rows that could not be scored are missing in
   * the result and stand in its problems; {@link RowPolicy#STATUS} adds a column {@code status}
   * that says why.
   *
   * @throws IllegalArgumentException if an absent column is refused, or if a result has the name of
   *     the column {@code status}
   * @throws ModelException if a column is of a type that its field cannot take
   */
  public BlockOperator operator(Schema columns, AbsentColumns absent, RowPolicy policy) {
    BlockOperator scoring =
        NamedOperator.of(model, named.stream().map(Field::name).toList(), columns, absent);
    return policy == RowPolicy.STATUS ? new StatusOperator(scoring) : scoring;
  }

  private void requireNoOtherRows() {
    if (!(model.dependency() instanceof RowDependency.None)) {
      throw new ModelException(
          model.place(),
          model.frame().line(),
          "the model computes from %s (it has %s), and a single record has none; score a batch whose rows are in order"
              .formatted(
                  model.dependency().looksAhead() ? "other rows" : "earlier rows",
                  model.dependency().looksAhead() ? "an Aggregate" : "a Lag"));
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
    return new RecordWorker(named, model.reads(), model.results(), operator.worker(1));
  }

  private void giveBack(RecordWorker worker) {
    synchronized (idle) {
      idle.push(worker);
    }
  }
}
