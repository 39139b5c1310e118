package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.util.List;
import java.util.Map;
import java.util.Random;

class ClassificationAggregationTest extends AggregationContract {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field("kind", Type.Scalar.STRING),
              new Field("p(a)", Type.Scalar.DOUBLE),
              new Field("p(b)", Type.Scalar.DOUBLE),
              new Field("kind", Type.Scalar.STRING)));
  private static final Dictionary ONE = Dictionary.of("a", "b", "c");
  private static final Dictionary OTHER = Dictionary.of("c", "a", "b", "d");

  @Override
  Aggregation aggregation() {
    return new AnalysisProvider()
        .bind(
            "classification",
            Map.of(
                "actual",
                "kind",
                "prediction",
                "kind",
                "probability:a",
                "p(a)",
                "probability:b",
                "p(b)"),
            SCHEMA);
  }

  @Override
  Block block(Random random, int rows) {
    double[] first = random.doubles(rows).toArray();
    double[] second = random.doubles(rows).map(p -> Math.rint(p * 8) / 8).toArray();
    List<Column> columns =
        List.of(
            texts(random, rows),
            new DoubleColumn(first, Blocks.missing(random, rows)),
            new DoubleColumn(second, null),
            texts(random, rows));
    return new Block(SCHEMA, rows, columns);
  }

  private static Column texts(Random random, int rows) {
    Dictionary dictionary = random.nextBoolean() ? ONE : OTHER;
    int[] codes = random.ints(rows, -1, dictionary.size()).toArray();
    return new StringColumn(codes, dictionary);
  }
}
