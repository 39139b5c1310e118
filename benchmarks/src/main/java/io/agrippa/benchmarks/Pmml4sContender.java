package io.agrippa.benchmarks;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.pmml4s.model.Model;

/** PMML4S: an array a row, in the order of its inputs. The arrays are made before timing. */
final class Pmml4sContender implements Contender {
  private final Model model;
  private final Object[][] arguments;
  private final int[] outputs;

  Pmml4sContender(byte[] pmml, Rows rows, boolean single, String... labels) {
    model = Model.fromBytes(pmml);
    String[] names = model.inputNames();
    Map<String, Integer> columns = new HashMap<>();
    for (String name : rows.names()) {
      columns.put(name, columns.size());
    }
    arguments = new Object[rows.count()][names.length];
    for (int r = 0; r < arguments.length; r++) {
      for (int i = 0; i < names.length; i++) {
        int column = columns.get(names[i]);
        int numbers = rows.numbers().length;
        arguments[r][i] =
            column < numbers ? rows.number(column, r, single) : rows.texts()[column - numbers][r];
      }
    }
    String[] outputNames = model.outputNames();
    outputs =
        Arrays.stream(labels)
            .mapToInt(label -> Arrays.asList(outputNames).indexOf(PmmlText.probability(label)))
            .toArray();
  }

  @Override
  public Object score() {
    Object[][] results = new Object[arguments.length][];
    for (int r = 0; r < results.length; r++) {
      results[r] = model.predict(arguments[r]);
    }
    return results;
  }

  @Override
  public double[][] results(Object scored) {
    Object[][] rows = (Object[][]) scored;
    double[][] results = new double[rows.length][outputs.length];
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < outputs.length; i++) {
        results[r][i] = Contender.number(rows[r][outputs[i]]);
      }
    }
    return results;
  }
}
