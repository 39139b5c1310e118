package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.util.List;
import java.util.Map;
import java.util.Random;

class RegressionAggregationTest extends AggregationContract {
  private static final Schema SCHEMA =
      new Schema(
          List.of(new Field("was", Type.Scalar.LONG), new Field("predicted", Type.Scalar.DOUBLE)));

  @Override
  Aggregation aggregation() {
    return new AnalysisProvider()
        .bind("regression", Map.of("actual", "was", "prediction", "predicted"), SCHEMA);
  }

  @Override
  Block block(Random random, int rows) {
    double[] predicted = random.doubles(rows, -1e9, 1e9).toArray();
    for (int i = 0; i < rows; i += 13) {
      predicted[i] = random.nextBoolean() ? Double.NaN : Double.NEGATIVE_INFINITY;
    }
    return new Block(
        SCHEMA,
        rows,
        List.of(
            new LongColumn(
                random.longs(rows, -1_000_000_000, 1_000_000_000).toArray(),
                Blocks.missing(random, rows)),
            new DoubleColumn(predicted, Blocks.missing(random, rows))));
  }
}
