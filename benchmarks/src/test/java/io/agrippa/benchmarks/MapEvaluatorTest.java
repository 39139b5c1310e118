package io.agrippa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.MapEvaluator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.EvaluatorUtil;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that was written for JPMML's maps gets the same maps. */
class MapEvaluatorTest {
  private static final String DOCUMENT =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
      <DataDictionary>
        <DataField name="age" optype="continuous" dataType="integer"/>
        <DataField name="income" optype="continuous" dataType="double"/>
        <DataField name="grade" optype="categorical" dataType="string">
          <Value value="A"/><Value value="B"/></DataField>
        <DataField name="y" optype="categorical" dataType="string">
          <Value value="no"/><Value value="yes"/></DataField>
      </DataDictionary>
      <RegressionModel modelName="m" functionName="classification" normalizationMethod="logit">
        <MiningSchema><MiningField name="y" usageType="target"/>
          <MiningField name="age" missingValueReplacement="40"/><MiningField name="income"/>
          <MiningField name="grade"/></MiningSchema>
        <Output><OutputField name="p" optype="continuous" dataType="double" feature="probability" value="yes"/></Output>
        <RegressionTable targetCategory="yes" intercept="-1">
          <NumericPredictor name="age" coefficient="0.02"/>
          <NumericPredictor name="income" coefficient="0.5"/>
          <CategoricalPredictor name="grade" value="B" coefficient="-0.7"/></RegressionTable>
        <RegressionTable targetCategory="no" intercept="0"/>
      </RegressionModel>
      </PMML>
      """;

  private static MapEvaluator agrippa() throws Exception {
    return MapEvaluator.of(
        Agrippa.load(
            new ByteArrayInputStream(DOCUMENT.getBytes(StandardCharsets.UTF_8)),
            "test.pmml",
            LoadOptions.DEFAULT));
  }

  /** As the README of JPMML-Evaluator has it. */
  private static MapEvaluator jpmml() throws Exception {
    Evaluator evaluator =
        new LoadingModelEvaluatorBuilder()
            .load(new ByteArrayInputStream(DOCUMENT.getBytes(StandardCharsets.UTF_8)))
            .build();
    return arguments -> {
      Map<String, Object> prepared = new LinkedHashMap<>();
      for (org.jpmml.evaluator.InputField field : evaluator.getInputFields()) {
        prepared.put(field.getName(), field.prepare(arguments.get(field.getName())));
      }
      return EvaluatorUtil.decodeAll(evaluator.evaluate(prepared));
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bothEnginesGiveTheSameMaps(long seed) throws Exception {
    MapEvaluator agrippa = agrippa();
    MapEvaluator jpmml = jpmml();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      Map<String, Object> arguments = new HashMap<>();
      arguments.put("age", List.<Object>of(30 + i % 40, Integer.toString(i % 90)).get(i % 2));
      arguments.put("income", List.<Object>of(random.nextGaussian(), "1.25", 3).get(i % 3));
      arguments.put("grade", i % 7 == 0 ? "B" : "A");
      if (i % 5 == 0) {
        arguments.put("age", null);
      }
      if (i % 11 == 0) {
        arguments.remove("income");
      }
      arguments.put("unknown", "passed over");
      Map<String, ?> expected = jpmml.evaluate(arguments);
      Map<String, ?> actual = agrippa.evaluate(arguments);
      assertThat(actual.keySet()).as("seed %d, record %d", seed, i).containsExactly("y", "p");
      // JPMML leaves Output fields out where there is no prediction.
      assertThat(expected.keySet())
          .as("seed %d, record %d", seed, i)
          .isEqualTo(expected.get("y") == null ? Set.of("y") : Set.of("y", "p"));
      assertThat(actual.get("y")).as("seed %d, %s", seed, arguments).isEqualTo(expected.get("y"));
      Double probability = (Double) expected.get("p");
      if (probability == null) {
        assertThat(actual.get("p")).isNull();
      } else {
        assertThat((Double) actual.get("p")).isCloseTo(probability, offset(1e-14));
      }
    }
  }
}
