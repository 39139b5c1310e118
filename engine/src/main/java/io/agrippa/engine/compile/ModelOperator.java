package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A compiled model bound to the columns of its input. Immutable; safe for use by many threads. */
public final class ModelOperator implements BlockOperator {
  private final CompiledModel model;
  private final Inputs inputs;
  private final List<Integer> kept;
  private final Schema output;

  ModelOperator(CompiledModel model, Inputs inputs, List<Integer> kept, Schema output) {
    this.model = model;
    this.inputs = inputs;
    this.kept = List.copyOf(kept);
    this.output = output;
  }

  @Override
  public Schema output() {
    return output;
  }

  @Override
  public RowDependency dependency() {
    return model.dependency();
  }

  @Override
  public Worker worker() {
    return worker(Block.MAX_ROWS);
  }

  /** A worker for blocks of up to so many rows; with few rows it takes little memory. */
  public Worker worker(int mostRows) {
    return new ModelWorker(mostRows);
  }

  private final class ModelWorker implements Worker {
    private final Frame frame;
    private final ModelPlan.Scorer scorer;
    private final Prediction prediction;
    private final Scope.Publisher publisher;
    private final List<FieldHandle> slots;
    private final long[] failed;

    ModelWorker(int mostRows) {
      frame = model.frame(inputs, mostRows);
      scorer = model.plan().scorer();
      prediction = new Prediction(model.plan().shape(), mostRows);
      publisher = model.outputPlan().publisher();
      slots = model.resultSlots();
      failed = new long[Bits.words(mostRows)];
    }

    @Override
    public void startPartition() {
      model.memory().forget(frame);
    }

    @Override
    public Block apply(Block block) {
      frame.begin(block);
      scorer.score(frame, null, prediction);
      publisher.publish(frame, scorer, prediction, null);
      int words = frame.words();
      System.arraycopy(prediction.errors, 0, failed, 0, words);
      for (FieldHandle slot : slots) {
        long[] errors = frame.vector(slot.slot()).errors;
        if (errors != null) {
          for (int i = 0; i < words; i++) {
            failed[i] |= errors[i];
          }
        }
      }
      List<RowProblem> problems = Bits.any(failed) ? problems(block.rows()) : List.of();
      List<Column> columns = new ArrayList<>(output.size());
      for (int column : kept) {
        columns.add(block.column(column));
      }
      for (int i = 0; i < slots.size(); i++) {
        FieldHandle slot = slots.get(i);
        columns.add(
            VectorColumns.column(
                frame.vector(slot.slot()),
                slot.type().dataType(),
                block.rows(),
                problems.isEmpty() ? null : failed));
      }
      Arrays.fill(failed, 0);
      model.memory().keep(frame);
      return new Block(output, block.rows(), columns, problems);
    }

    private List<RowProblem> problems(int rows) {
      Map<Integer, RowProblem> first = new HashMap<>();
      for (RowProblem detail : frame.details()) {
        first.putIfAbsent(detail.row(), detail);
      }
      List<RowProblem> problems = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        if (Bits.get(failed, row)) {
          RowProblem detail = first.get(row);
          problems.add(
              detail != null
                  ? detail
                  : new RowProblem(
                      row,
                      model.results().isEmpty() ? "" : model.results().get(0).name(),
                      null,
                      "the model gives no result for these values"));
        }
      }
      return problems;
    }
  }
}
