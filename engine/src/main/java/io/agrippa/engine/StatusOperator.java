package io.agrippa.engine;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Another operator with one more column behind its own: why a row could not be scored, missing
 * where it could.
 */
final class StatusOperator implements BlockOperator {
  /** Name of the column. */
  static final String COLUMN = "status";

  private static final StringColumn ALL_WELL = allWell();

  private final BlockOperator operator;
  private final Schema output;

  /**
   * @throws IllegalArgumentException if the operator has a column of that name already
   */
  StatusOperator(BlockOperator operator) {
    this.operator = operator;
    if (operator.output().contains(COLUMN)) {
      throw new IllegalArgumentException(
          "the row policy status adds a column \"%s\", but the output has one; use the row policy null, or keep other columns"
              .formatted(COLUMN));
    }
    List<Field> fields = new ArrayList<>(operator.output().fields());
    fields.add(new Field(COLUMN, Type.Scalar.STRING));
    this.output = new Schema(fields);
  }

  @Override
  public Schema output() {
    return output;
  }

  @Override
  public RowDependency dependency() {
    return operator.dependency();
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
        worker.gather(block);
      }

      @Override
      public Block apply(Block block) {
        return withStatus(worker.apply(block));
      }
    };
  }

  private Block withStatus(Block block) {
    List<Column> columns = new ArrayList<>(block.columns());
    columns.add(block.problems().isEmpty() ? ALL_WELL : status(block));
    return new Block(output, block.rows(), columns, block.problems());
  }

  private static StringColumn status(Block block) {
    int[] codes = new int[block.rows()];
    Arrays.fill(codes, StringColumn.MISSING);
    DictionaryBuilder texts =
        new DictionaryBuilder(); // of this block alone, so texts do not pile up
    for (RowProblem problem : block.problems()) {
      if (codes[problem.row()] == StringColumn.MISSING) {
        codes[problem.row()] = texts.code(problem.text());
      }
    }
    return new StringColumn(codes, texts.snapshot());
  }

  private static StringColumn allWell() {
    int[] codes = new int[Block.MAX_ROWS];
    Arrays.fill(codes, StringColumn.MISSING);
    return new StringColumn(codes, Dictionary.EMPTY);
  }
}
