package io.agrippa.benchmarks;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;

/** JPMML-Evaluator: a map a row. The maps are made before timing. */
final class JpmmlContender implements Contender {
  private final Evaluator evaluator;
  private final List<Map<String, Object>> arguments;
  private final String[] outputs;

  JpmmlContender(byte[] pmml, Rows rows, boolean single, String... labels) {
    try {
      evaluator = new LoadingModelEvaluatorBuilder().load(new ByteArrayInputStream(pmml)).build();
    } catch (Exception e) { // its load declares JAXB's and the parser's; none is expected
      throw new IllegalStateException("JPMML-Evaluator does not read the model", e);
    }
    outputs = Arrays.stream(labels).map(PmmlText::probability).toArray(String[]::new);
    arguments = rows.maps(single);
  }

  @Override
  public Object score() {
    Map<?, ?>[] results = new Map<?, ?>[arguments.size()];
    for (int r = 0; r < results.length; r++) {
      results[r] = evaluator.evaluate(arguments.get(r));
    }
    return results;
  }

  @Override
  public double[][] results(Object scored) {
    return Contender.numbers((Map<?, ?>[]) scored, outputs);
  }
}
