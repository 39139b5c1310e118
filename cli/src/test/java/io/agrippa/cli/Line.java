package io.agrippa.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small model, y = 1 + 2 x, and 100 more where the colour is red; with rows for it. */
final class Line {
  static final String PMML =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <Header/>
        <DataDictionary>
          <DataField name="x" optype="continuous" dataType="double"/>
          <DataField name="colour" optype="categorical" dataType="string">
            <Value value="red"/><Value value="blue"/>
          </DataField>
          <DataField name="y" optype="continuous" dataType="double"/>
        </DataDictionary>
        <RegressionModel modelName="line" functionName="regression">
          <MiningSchema>
            <MiningField name="x"/>
            <MiningField name="colour"/>
            <MiningField name="y" usageType="target"/>
          </MiningSchema>
          <RegressionTable intercept="1">
            <NumericPredictor name="x" coefficient="2"/>
            <CategoricalPredictor name="colour" value="red" coefficient="100"/>
          </RegressionTable>
        </RegressionModel>
      </PMML>
      """;

  private Line() {}

  static Path model(Path folder) throws IOException {
    return Files.writeString(folder.resolve("line.pmml"), PMML);
  }

  /** CSV with a header and rows whose {@code id} counts from 0. */
  static String csv(int rows) {
    return IntStream.range(0, rows)
        .mapToObj(i -> i + "," + i * 0.5 + "," + (i % 3 == 0 ? "red" : "blue") + "\n")
        .collect(Collectors.joining("", "id,x,colour\n", ""));
  }
}
