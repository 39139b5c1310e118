package io.agrippa.spark;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.run.BadRowException;
import io.agrippa.engine.run.RowPolicy;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Scores the batches of a partition, each in blocks, and hands them on with the results behind
 * their columns. The results' vectors are those of the batch before, as Spark's own readers do it.
 * Travels to executors; what it makes there belongs to one task.
 */
final class BatchScoring implements FlatMapFunction<Iterator<ColumnarBatch>, ColumnarBatch> {
  private static final long serialVersionUID = 1L;

  private final List<Call> calls;
  private final SQLMetric rows;
  private final SQLMetric nanos;

  /**
   * A function of SQL on columns.
   *
   * @param type of its results
   * @param positions where what the model reads stands in a batch
   */
  record Call(RecordScoring function, StructType type, int[] positions) implements Serializable {}

  BatchScoring(List<Call> calls, SQLMetric rows, SQLMetric nanos) {
    this.calls = List.copyOf(calls);
    this.rows = rows;
    this.nanos = nanos;
  }

  @Override
  public Iterator<ColumnarBatch> call(Iterator<ColumnarBatch> batches) {
    return new Iterator<>() {
      private List<Scorer> scorers; // a partition may be empty

      @Override
      public boolean hasNext() {
        return batches.hasNext();
      }

      @Override
      public ColumnarBatch next() {
        ColumnarBatch batch = batches.next();
        long begun = System.nanoTime();
        if (scorers == null) {
          scorers = calls.stream().map(Scorer::new).toList();
        }
        ColumnVector[] columns = new ColumnVector[batch.numCols() + scorers.size()];
        for (int i = 0; i < batch.numCols(); i++) {
          columns[i] = batch.column(i);
        }
        for (int i = 0; i < scorers.size(); i++) {
          columns[batch.numCols() + i] = scorers.get(i).score(batch);
        }
        rows.add(batch.numRows());
        nanos.add(System.nanoTime() - begun);
        return new ColumnarBatch(columns, batch.numRows());
      }
    };
  }

  /** What a function needs in a task. */
  private static final class Scorer {
    private final int[] positions;
    private final Schema schema;
    private final RowPolicy policy;
    private final BlockOperator.Worker worker;
    private final VectorReader[] readers;
    private final VectorWriter[] writers;
    private final StructType type;
    private WritableColumnVector results;
    private int capacity;
    private long before; // rows of the batches before

    Scorer(Call call) {
      positions = call.positions();
      ModelUse use = call.function().use();
      schema = use.schema();
      policy = use.policy();
      BlockOperator operator = call.function().operator();
      worker = operator.worker();
      worker.startPartition();
      readers =
          schema.fields().stream()
              .map(field -> VectorReader.of(field.type()))
              .toArray(VectorReader[]::new);
      List<Field> fields = operator.output().fields();
      writers =
          fields.stream().map(field -> new VectorWriter(field.type())).toArray(VectorWriter[]::new);
      type = call.type();
    }

    ColumnVector score(ColumnarBatch batch) {
      int rows = batch.numRows();
      if (results == null || rows > capacity) {
        capacity = Math.max(rows, Block.MAX_ROWS);
        results = new OnHeapColumnVector(capacity, type);
      } else {
        results.reset();
      }
      for (int first = 0; first < rows; first += Block.MAX_ROWS) {
        TaskContext.get().killTaskIfInterrupted();
        int count = Math.min(Block.MAX_ROWS, rows - first);
        List<Column> columns = new ArrayList<>(readers.length);
        for (int i = 0; i < readers.length; i++) {
          columns.add(readers[i].read(batch.column(positions[i]), first, count));
        }
        Block scored = worker.apply(new Block(schema, count, columns));
        if (policy == RowPolicy.FAIL && !scored.problems().isEmpty()) {
          throw new BadRowException(
              "partition %d of the query".formatted(TaskContext.getPartitionId()),
              before + first + scored.problems().get(0).row() + 1,
              scored.problems().get(0));
        }
        for (int i = 0; i < writers.length; i++) {
          writers[i].write(scored.column(i), count, results.getChild(i), first);
        }
      }
      before += rows;
      return results;
    }
  }
}
