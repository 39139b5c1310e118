package io.agrippa.engine;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model on columns that have the data's names. Immutable; safe for use by many threads. */
final class NamedOperator implements BlockOperator {
  private final BlockOperator operator;
  private final Schema columns; // under the model's names
  private final List<Integer> positions;
  private final Map<String, String> names; // of the data, by the model's

  private NamedOperator(
      BlockOperator operator, Schema columns, List<Integer> positions, Map<String, String> names) {
    this.operator = operator;
    this.columns = columns;
    this.positions = positions;
    this.names = names;
  }

  /**
   * Binds a model.
   *
   * @param names what the data calls the fields that the model reads, in the model's order
   * @throws IllegalArgumentException if a column is absent; the message names it
   */
  static NamedOperator of(
      CompiledModel model, List<String> names, Schema data, AbsentColumns absence) {
    List<Integer> positions = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    Map<String, String> byModelName = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      int position = data.indexOf(names.get(i));
      String name = model.reads().get(i).name();
      byModelName.put(name, names.get(i));
      if (position < 0) {
        absent.add(names.get(i));
      } else {
        positions.add(position);
        fields.add(new Field(name, data.field(position).type()));
      }
    }
    if (!absent.isEmpty() && absence == AbsentColumns.REFUSE) {
      throw new IllegalArgumentException(
          "the batch has no column %s, which the model reads; add it, or name it when the model is loaded. The model reads %s; the batch has %s"
              .formatted(quoted(absent), quoted(names), quoted(data.names())));
    }
    Schema columns = new Schema(fields);
    return new NamedOperator(
        model.bind(columns, List.of(), absence), columns, positions, byModelName);
  }

  private static String quoted(List<String> names) {
    return names.isEmpty() ? "no columns" : "\"" + String.join("\", \"", names) + "\"";
  }

  @Override
  public Schema output() {
    return operator.output();
  }

  @Override
  public RowDependency dependency() {
    return operator.dependency() instanceof RowDependency.WithinGroup group
        ? new RowDependency.WithinGroup(
            group.fields().stream().map(names::get).toList(), group.reach())
        : operator.dependency();
  }

  @Override
  public Worker worker() {
    Worker worker = operator.worker();
    return new Worker() {
      @Override
      public void startPartition() {
        worker.startPartition();
      }

      @Override
      public void gather(Block block) {
        worker.gather(named(block));
      }

      @Override
      public Block apply(Block block) {
        Block scored = worker.apply(named(block));
        return scored.problems().isEmpty()
            ? scored
            : new Block(
                scored.schema(),
                scored.rows(),
                scored.columns(),
                scored.problems().stream().map(NamedOperator.this::named).toList());
      }
    };
  }

  /** A block of the data under the model's names. */
  private Block named(Block block) {
    return new Block(columns, block.rows(), positions.stream().map(block::column).toList());
  }

  private RowProblem named(RowProblem problem) {
    return new RowProblem(
        problem.row(),
        names.getOrDefault(problem.field(), problem.field()),
        problem.value(),
        problem.reason());
  }
}
