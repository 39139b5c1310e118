package io.agrippa.benchmarks;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.ColumnBatch;
import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.ScoringModel;
import io.agrippa.engine.Verify;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * This project through its front door for services that have many rows: plain arrays a column. The
 * arrays are there before timing, as they are in such a service.
 */
final class ArrayContender implements Contender {
  private final ScoringModel model;
  private final ColumnBatch batch;
  private final String[] outputs;

  ArrayContender(byte[] pmml, Rows rows, String... labels) {
    try {
      model =
          Agrippa.load(
              new ByteArrayInputStream(pmml),
              "benchmark.pmml",
              LoadOptions.DEFAULT.withVerify(Verify.NEVER));
    } catch (IOException e) {
      throw new UncheckedIOException("the model cannot be read out of memory", e);
    }
    ColumnBatch.Builder builder = ColumnBatch.ofRows(rows.count());
    for (int c = 0; c < rows.numbers().length; c++) {
      double[] values = rows.numbers()[c];
      boolean[] missing = new boolean[values.length];
      boolean any = false;
      for (int r = 0; r < values.length; r++) {
        missing[r] = Double.isNaN(values[r]);
        any |= missing[r];
      }
      builder.doubles(Rows.numberName(c), values, any ? missing : null);
    }
    for (int c = 0; c < rows.texts().length; c++) {
      builder.texts(Rows.textName(c), rows.texts()[c]);
    }
    batch = builder.build();
    outputs = Arrays.stream(labels).map(PmmlText::probability).toArray(String[]::new);
  }

  @Override
  public Object score() {
    return model.score(batch);
  }

  @Override
  public double[][] results(Object scored) {
    ColumnBatch results = (ColumnBatch) scored;
    double[][] byRow = new double[results.rows()][outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      double[] values = results.doubles(outputs[i]);
      for (int r = 0; r < byRow.length; r++) {
        byRow[r][i] = values[r];
      }
    }
    return byRow;
  }
}
