package io.agrippa.spark;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.RowPolicy;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Scores the rows of a partition, a block at a time. Travels to executors; what it makes there
 * holds scratch space and belongs to one task.
 */
final class RowScoring implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SharedModel> shared;
  private final ModelUse use;
  private final int[] read;
  private final int[] kept;

  /**
   * The scoring of rows.
   *
   * @param read where in a row the columns of {@code use} stand
   * @param kept where in a row the values stand that come first in the results
   */
  RowScoring(Broadcast<SharedModel> shared, ModelUse use, int[] read, int[] kept) {
    this.shared = shared;
    this.use = use;
    this.read = read;
    this.kept = kept;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Scored(rows, use.operator(shared.value()));
  }

  private final class Scored implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final BlockOperator.Worker worker;
    private final Schema schema = use.schema();
    private final List<Field> results;
    private final ValueCollector[] collectors;
    private final Row[] held; // of the block, where there are columns to keep
    private Block block;
    private int next;
    private int count;
    private long before; // rows of the blocks before this one

    Scored(Iterator<Row> rows, BlockOperator operator) {
      this.rows = rows;
      worker = operator.worker();
      results = operator.output().fields();
      collectors = new ValueCollector[read.length];
      for (int i = 0; i < read.length; i++) {
        collectors[i] = ValueCollector.of(schema.field(i).type(), Block.MAX_ROWS);
      }
      held = new Row[kept.length == 0 ? 0 : Block.MAX_ROWS];
      worker.startPartition();
    }

    @Override
    public boolean hasNext() {
      if (next == count) {
        fill();
      }
      return next < count;
    }

    private void fill() {
      TaskContext task = TaskContext.get();
      task.killTaskIfInterrupted();
      before += count;
      next = 0;
      count = 0;
      while (count < Block.MAX_ROWS && rows.hasNext()) {
        Row row = rows.next();
        for (int i = 0; i < read.length; i++) {
          collectors[i].put(count, row.get(read[i]));
        }
        if (kept.length > 0) {
          held[count] = row;
        }
        count++;
      }
      if (count == 0) {
        return;
      }
      List<Column> columns = new ArrayList<>(collectors.length);
      for (ValueCollector collector : collectors) {
        columns.add(collector.column(count));
      }
      block = worker.apply(new Block(schema, count, columns));
      if (use.policy() == RowPolicy.FAIL && !block.problems().isEmpty()) {
        throw new BadRowException(
            "partition %d of the DataFrame".formatted(task.partitionId()),
            before + block.problems().get(0).row() + 1,
            block.problems().get(0));
      }
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no row is left");
      }
      Object[] values = new Object[kept.length + results.size()];
      for (int i = 0; i < kept.length; i++) {
        values[i] = held[next].get(kept[i]);
      }
      for (int i = 0; i < results.size(); i++) {
        values[kept.length + i] = SparkTypes.value(results.get(i).type(), block.column(i), next);
      }
      next++;
      return RowFactory.create(values);
    }
  }
}
