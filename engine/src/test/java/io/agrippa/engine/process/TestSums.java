package io.agrippa.engine.process;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.AggregationProvider;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Counts rows and adds up the column {@code id}. */
public final class TestSums implements AggregationProvider {
  static final String NAME = "test-sum";

  @Override
  public List<String> names() {
    return List.of(NAME);
  }

  @Override
  public Aggregation bind(String name, Map<String, String> parameters, Schema schema) {
    int id = schema.indexOf("id");
    return new Aggregation() {
      @Override
      public State state() {
        return new Sum(id);
      }

      @Override
      public State read(DataInput in) throws IOException {
        Sum sum = new Sum(id);
        sum.rows = in.readLong();
        sum.ids = in.readLong();
        return sum;
      }
    };
  }

  private static final class Sum implements Aggregation.State {
    private final int id;
    private long rows;
    private long ids;

    Sum(int id) {
      this.id = id;
    }

    @Override
    public void add(Block block) {
      rows += block.rows();
      LongColumn column = (LongColumn) block.column(id);
      for (int i = 0; i < block.rows(); i++) {
        ids += column.values()[i];
      }
    }

    @Override
    public void merge(Aggregation.State other) {
      rows += ((Sum) other).rows;
      ids += ((Sum) other).ids;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(rows);
      out.writeLong(ids);
    }

    @Override
    public Object result() {
      return rows + " rows, sum " + ids;
    }
  }
}
