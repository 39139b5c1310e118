package io.agrippa.spark;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.run.RowPolicy;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import scala.runtime.AbstractFunction1;

/**
 * Scores one struct at a time: what Spark's functions of SQL can be. The struct has the values that
 * the model reads, dates and timestamps as {@link SparkTypes} carries them. Each task has a copy of
 * its own.
 */
final class RecordScoring extends AbstractFunction1<Object, Object> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<SharedModel> shared;
  private final ModelUse use;
  private transient Bound bound;

  RecordScoring(Broadcast<SharedModel> shared, ModelUse use) {
    this.shared = shared;
    this.use = use;
  }

  ModelUse use() {
    return use;
  }

  /** The model, on an executor. */
  BlockOperator operator() {
    return use.operator(shared.value());
  }

  @Override
  public synchronized Object apply(Object struct) { // a planning thread may be one of several
    if (bound == null) {
      bound = new Bound();
    }
    return bound.score((Row) struct);
  }

  /** Equal functions give equal results, so that Spark knows a call that is written twice. */
  @Override
  public boolean equals(Object that) {
    return that instanceof RecordScoring other
        && shared.id() == other.shared.id()
        && use.equals(other.use);
  }

  @Override
  public int hashCode() {
    return Objects.hash(shared.id(), use);
  }

  private final class Bound {
    private final Schema schema = use.schema();
    private final List<Field> results;
    private final BlockOperator.Worker worker;
    private final ValueCollector[] collectors = new ValueCollector[schema.size()];

    Bound() {
      BlockOperator operator = operator();
      results = operator.output().fields();
      worker = operator.worker();
      worker.startPartition();
      for (int i = 0; i < collectors.length; i++) {
        collectors[i] = ValueCollector.of(schema.field(i).type(), 1);
      }
    }

    Row score(Row record) {
      List<Column> columns = new ArrayList<>(collectors.length);
      for (int i = 0; i < collectors.length; i++) {
        collectors[i].put(0, record.get(i));
        columns.add(collectors[i].column(1));
      }
      Block scored = worker.apply(new Block(schema, 1, columns));
      if (use.policy() == RowPolicy.FAIL && !scored.problems().isEmpty()) {
        RowProblem problem = scored.problems().get(0);
        throw new IllegalArgumentException(
            problem.text()
                + "; correct the row, or score past it with the row policy null or status");
      }
      Object[] values = new Object[results.size()];
      for (int i = 0; i < values.length; i++) {
        Object value = SparkTypes.value(results.get(i).type(), scored.column(i), 0);
        values[i] =
            results.get(i).type() == Type.Scalar.DATE && value != null
                ? LocalDate.ofEpochDay((Integer) value)
                : value;
      }
      return RowFactory.create(values);
    }
  }
}
