package io.agrippa.engine.reference;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.pmml4s.data.Series;

/** PMML4S on blocks, row by row. Immutable; safe for use by many threads. */
final class ReferenceOperator implements BlockOperator {
  private final Supplier<Pmml4sModel> models;
  private final List<InputReader> inputs;
  private final List<Integer> kept;
  private final List<Result> results;
  private final Schema output;

  /**
   * An operator.
   *
   * @param models gives a model for one thread
   * @param kept positions of the columns to keep
   * @param output the kept columns, then the results
   */
  ReferenceOperator(
      Supplier<Pmml4sModel> models,
      List<InputReader> inputs,
      List<Integer> kept,
      List<Result> results,
      Schema output) {
    this.models = models;
    this.inputs = List.copyOf(inputs);
    this.kept = List.copyOf(kept);
    this.results = results;
    this.output = output;
  }

  @Override
  public Schema output() {
    return output;
  }

  @Override
  public Worker worker() {
    Pmml4sModel model = models.get();
    return block -> apply(model, block);
  }

  private Block apply(Pmml4sModel model, Block block) {
    List<ResultColumn> columns =
        results.stream().map(result -> new ResultColumn(result, block.rows())).toList();
    List<RowProblem> problems = new ArrayList<>();
    Object[] values = new Object[results.size()];
    for (int row = 0; row < block.rows(); row++) {
      RowProblem problem = score(model, block, row, values);
      for (int i = 0; i < values.length; i++) {
        columns.get(i).set(row, problem == null ? values[i] : null);
      }
      if (problem != null) {
        problems.add(problem);
      }
    }
    List<Column> all = new ArrayList<>();
    kept.forEach(position -> all.add(block.column(position)));
    columns.forEach(column -> all.add(column.column()));
    return new Block(output, block.rows(), all, problems);
  }

  /** Scores a row; returns what is wrong with it, or null. */
  private RowProblem score(Pmml4sModel model, Block block, int row, Object[] values) {
    Object[] given = new Object[inputs.size()]; // PMML4S may keep it
    for (int i = 0; i < given.length; i++) {
      InputReader input = inputs.get(i);
      try {
        given[i] = input.value(block, row);
      } catch (InputReader.Refused e) {
        return new RowProblem(row, input.name(), e.value(), e.getMessage());
      }
    }
    try {
      Series scored = model.predict(given);
      for (int i = 0; i < values.length; i++) {
        values[i] = results.get(i).of(scored);
      }
      return null;
    } catch (RuntimeException | StackOverflowError | scala.NotImplementedError e) {
      // PMML4S fails by exceptions of all kinds at values that it does not expect
      return new RowProblem(
          row,
          results.isEmpty() ? "" : results.get(0).name(),
          null,
          "PMML4S fails at the values of this row: " + e);
    }
  }
}
