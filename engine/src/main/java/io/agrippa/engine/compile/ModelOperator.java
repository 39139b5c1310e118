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

  /**
   * Scores a block, and one of its rows once more while writing down how that comes about. The
   * second time rows are not computed by the kernels for many rows but by the plain plans, which
   * give the same bits. Where rows depend on others, those are the others of the block.
   *
   * @param row position in the block, from 0
   * @throws IllegalStateException if the two results differ, which is a mistake of this engine
   */
  public Trace trace(Block block, int row) {
    Tracer tracer = new Tracer(block.rows());
    if (dependency().looksAhead()) {
      tracer.gather(block);
    }
    return tracer.trace(block, row);
  }

  /** A tracer for rows that depend on rows before them. */
  public Tracer tracer() {
    return new Tracer(Block.MAX_ROWS);
  }

  /** Traces a row behind others. To be used by one thread. */
  public final class Tracer {
    private final ModelWorker scoring;
    private final ModelWorker tracing;

    private Tracer(int mostRows) {
      scoring = new ModelWorker(mostRows);
      tracing = new ModelWorker(mostRows);
      scoring.startPartition();
      tracing.startPartition();
    }

    /**
     * Takes note of a block whose rows others depend on. Where the operator {@link
     * RowDependency#looksAhead looks ahead}, all blocks are gathered before the first is passed.
     */
    public void gather(Block block) {
      scoring.gather(block);
      tracing.gather(block);
    }

    /** Scores a block whose rows a later one may depend on. */
    public void pass(Block block) {
      scoring.apply(block);
      tracing.apply(block);
    }

    /** As {@link ModelOperator#trace}, behind the blocks that were passed; the last thing to do. */
    public Trace trace(Block block, int row) {
      return tracing.trace(block, row, scoring.apply(block));
    }
  }

  private final class ModelWorker implements Worker {
    private final Frame frame;
    private final ModelPlan.Scorer scorer;
    private final Prediction prediction;
    private final Scope.Publisher publisher;
    private final List<FieldHandle> slots;
    private final long[] failed;
    private final boolean looksAhead = dependency().looksAhead();
    private boolean gathering = looksAhead; // blocks of the partition are gathered, none is scored
    private long gathered; // rows of the partition that were gathered and are not scored

    ModelWorker(int mostRows) {
      frame = model.frame(inputs, mostRows);
      scorer = model.plan().scorer();
      prediction = new Prediction(model.plan().shape(), mostRows);
      publisher = model.outputPlan().publisher();
      slots = model.resultSlots();
      failed = new long[Bits.words(mostRows)];
    }

    Trace trace(Block block, int row, Block scored) {
      TraceLog log = new TraceLog(row);
      frame.trace(log);
      begin(block);
      log.begin(model.model());
      long[] only = new long[Bits.words(block.rows())];
      Bits.set(only, row);
      Block traced = apply(block, only).slice(row, row + 1);
      log.end();
      Block expected = scored.slice(row, row + 1);
      if (!Rows.same(traced, expected)) {
        throw new IllegalStateException(
            "%s: the trace of the row gives %s, but scoring it gives %s; this is a mistake of the engine: report it with the model and the row"
                .formatted(model.place(), Rows.text(traced), Rows.text(expected)));
      }
      return Tracing.of(model, frame, log, expected, kept.size());
    }

    @Override
    public void startPartition() {
      model.memory().forget(frame);
      gathering = looksAhead;
      gathered = 0;
    }

    @Override
    public void gather(Block block) {
      if (!gathering) {
        throw new IllegalStateException(
            "a block is gathered %s; start a partition, gather all its blocks and then apply each"
                .formatted(
                    looksAhead
                        ? "after one of its partition was applied"
                        : "for a model that does not look ahead"));
      }
      frame.begin(block);
      model.memory().gather(frame);
      gathered += block.rows();
    }

    @Override
    public Block apply(Block block) {
      begin(block);
      return apply(block, null);
    }

    private void begin(Block block) {
      if (gathering) {
        model.memory().endGathering(frame);
        gathering = false;
      }
      if (looksAhead) {
        gathered -= block.rows();
        if (gathered < 0) {
          throw new IllegalStateException(
              "%s: rows are scored that were not gathered before; if the input was changed meanwhile, leave it alone while it is read, otherwise gather all blocks of a partition before the first is applied"
                  .formatted(model.place()));
        }
      }
      frame.begin(block);
    }

    /** The results of some rows of the block that the frame has begun; of the others, anything. */
    private Block apply(Block block, long[] active) {
      scorer.score(frame, active, prediction);
      if (frame.trace() != null) {
        frame.trace().predicted(prediction, model.plan().shape());
      }
      publisher.publish(frame, scorer, prediction, active);
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
