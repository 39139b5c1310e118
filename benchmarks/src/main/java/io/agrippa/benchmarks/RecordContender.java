package io.agrippa.benchmarks;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.ScoringModel;
import io.agrippa.engine.Verify;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * This project through its front door for services: a map a row. The maps are made before timing.
 */
final class RecordContender implements Contender {
  private final ScoringModel model;
  private final List<Map<String, Object>> records;
  private final String[] outputs;

  RecordContender(byte[] pmml, Rows rows, boolean single, String... labels) {
    try {
      model =
          Agrippa.load(
              new ByteArrayInputStream(pmml),
              "benchmark.pmml",
              LoadOptions.DEFAULT.withVerify(Verify.NEVER));
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be read out of memory", e);
    }
    records = rows.maps(single);
    outputs = Arrays.stream(labels).map(PmmlText::probability).toArray(String[]::new);
  }

  @Override
  public Object score() {
    Map<?, ?>[] results = new Map<?, ?>[records.size()];
    for (int r = 0; r < results.length; r++) {
      results[r] = model.score(records.get(r));
    }
    return results;
  }

  @Override
  public double[][] results(Object scored) {
    return Contender.numbers((Map<?, ?>[]) scored, outputs);
  }
}
