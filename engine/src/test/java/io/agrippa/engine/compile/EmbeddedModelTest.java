package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Model composition: Regression and DecisionTree within a MiningModel and within a tree's node. The
 * scenarios are those that PMML 3.0 to 4.4 describe under that name, with numbers worked by hand.
 */
class EmbeddedModelTest {
  private static final String FIELDS =
      """
      <DataDictionary><DataField name="age" optype="continuous" dataType="double"/>
      <DataField name="income" optype="continuous" dataType="double"/>
      <DataField name="occupation" optype="categorical" dataType="string"/>
      <DataField name="answer" optype="categorical" dataType="string"/>
      <DataField name="spent" optype="continuous" dataType="double"/></DataDictionary>
      """;

  private static CompiledModel mining(String function, String inside) {
    String target = function.equals("regression") ? "spent" : "answer";
    return Scored.model(
        FIELDS
            + """
            <MiningModel functionName="%s"><MiningSchema><MiningField name="age"/><MiningField name="income"/>
            <MiningField name="occupation"/><MiningField name="%s" usageType="predicted"/></MiningSchema>%s</MiningModel>
            """
                .formatted(function, target, inside));
  }

  private static CompiledModel tree(String function, String attributes, String inside) {
    String target = function.equals("regression") ? "spent" : "answer";
    return Scored.model(
        FIELDS
            + """
            <TreeModel functionName="%s" %s><MiningSchema><MiningField name="age"/><MiningField name="income"/>
            <MiningField name="occupation"/><MiningField name="%s" usageType="predicted"/></MiningSchema>%s</TreeModel>
            """
                .formatted(function, attributes, target, inside));
  }

  /** Rules for missing values as a tree in front of a regression. */
  private static final String CLEAN_AGE =
      """
      <DecisionTree functionName="regression"><ResultField name="cleanAge" feature="predictedValue"/>
        <Node id="any"><True/>
          <Node id="known"><SimplePredicate field="age" operator="isNotMissing"/>
            <Regression functionName="regression"><RegressionTable intercept="0"><NumericPredictor name="age" coefficient="1"/></RegressionTable></Regression></Node>
          <Node id="student" score="20"><SimplePredicate field="occupation" operator="equal" value="Student"/></Node>
          <Node id="retired" score="70"><SimplePredicate field="occupation" operator="equal" value="Retired"/></Node>
          <Node id="other" score="40"><True/></Node>
        </Node></DecisionTree>
      """;

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      nullValues = "<null>",
      value = {
        "50, Student, 105",
        "<null>, Student, 45",
        "<null>, Retired, 145",
        "<null>, Teacher, 85",
        "<null>, <null>, 85",
      })
  void aTreeInFrontReplacesWhatTheRegressionMisses(String age, String occupation, double spent) {
    CompiledModel model =
        mining(
            "regression",
            CLEAN_AGE
                + """
                <Regression functionName="regression"><RegressionTable intercept="5"><NumericPredictor name="cleanAge" coefficient="2"/></RegressionTable></Regression>
                """);
    assertThat(Scored.row(model, "age", age, "occupation", occupation))
        .isEqualTo(Map.of("spent", Double.toString(spent)));
  }

  @Test
  void eachLeafMayHaveARegressionOfItsOwn() {
    String regression =
        "<Regression functionName=\"regression\"><RegressionTable intercept=\"%s\"><NumericPredictor name=\"income\" coefficient=\"%s\"/></RegressionTable></Regression>";
    String nodes =
        """
        <Node id="all"><True/>
          <Node id="young" score="-1"><SimplePredicate field="age" operator="lessThan" value="30"/>%s</Node>
          <Node id="old"><SimplePredicate field="age" operator="greaterOrEqual" value="30"/>%s</Node></Node>
        """
            .formatted(regression.formatted("1", "0.5"), regression.formatted("100", "0.25"));
    for (CompiledModel model :
        List.of(
            tree("regression", "", nodes),
            mining(
                "regression",
                "<DecisionTree functionName=\"regression\">" + nodes + "</DecisionTree>"))) {
      assertThat(Scored.row(model, "age", "20", "income", "8")).containsEntry("spent", "5.0");
      assertThat(Scored.row(model, "age", "40", "income", "8")).containsEntry("spent", "102.0");
      assertThat(Scored.row(model, "age", "20", "income", null))
          .as("the score counts where the regression gives nothing")
          .containsEntry("spent", "-1.0");
      assertThat(Scored.row(model, "age", "40", "income", null)).containsEntry("spent", null);
      assertThat(Scored.row(model, "age", null, "income", "8")).containsEntry("spent", null);
    }
  }

  @Test
  void aRegressionMayWeighTheProbabilitiesOfATree() {
    CompiledModel model =
        mining(
            "regression",
            """
            <DecisionTree functionName="classification">
              <ResultField name="pPhone" feature="probability" value="phone"/>
              <ResultField name="pMail" feature="probability" value="mail"/>
              <ResultField name="channel" feature="predictedValue"/>
              <ResultField name="leaf" feature="entityId"/>
              <Node><True/>
                <Node id="young"><SimplePredicate field="age" operator="lessThan" value="30"/>
                  <ScoreDistribution value="phone" recordCount="1"/><ScoreDistribution value="mail" recordCount="3"/></Node>
                <Node id="old"><True/>
                  <ScoreDistribution value="phone" recordCount="4"/><ScoreDistribution value="mail" recordCount="1"/></Node>
              </Node></DecisionTree>
            <Regression functionName="regression"><ResultField name="cost"/>
              <RegressionTable intercept="1"><NumericPredictor name="pPhone" coefficient="10"/>
              <NumericPredictor name="pMail" coefficient="2"/><CategoricalPredictor name="channel" value="mail" coefficient="0.5"/>
              <CategoricalPredictor name="leaf" value="old" coefficient="100"/></RegressionTable></Regression>
            """);
    // 1 + 10 · 1/4 + 2 · 3/4 + 0.5; 1 + 10 · 4/5 + 2 · 1/5 + 100
    assertThat(Scored.row(model, "age", "20")).isEqualTo(Map.of("spent", "5.5", "cost", "5.5"));
    assertThat(Scored.row(model, "age", "50")).isEqualTo(Map.of("spent", "109.4", "cost", "109.4"));
  }

  @Test
  void theAverageOfSeveralClassifiersIsARegression() {
    StringBuilder inside = new StringBuilder();
    for (String name : List.of("A", "B", "C", "D")) {
      inside.append(
          """
          <DecisionTree functionName="classification"><ResultField name="p%s" feature="probability" value="yes"/>
            <Node score="no"><SimplePredicate field="age" operator="greaterThan" value="0"/>
              <ScoreDistribution value="yes" recordCount="%d"/><ScoreDistribution value="no" recordCount="%d"/></Node></DecisionTree>
          """
              .formatted(name, name.charAt(0) - 'A' + 5, 'D' - name.charAt(0) + 2));
    }
    inside.append(
        """
        <Regression functionName="classification"><ResultField name="yes" feature="probability" value="yes"/>
          <RegressionTable intercept="0" targetCategory="yes"><NumericPredictor name="pA" coefficient="0.25"/>
          <NumericPredictor name="pB" coefficient="0.25"/><NumericPredictor name="pC" coefficient="0.25"/>
          <NumericPredictor name="pD" coefficient="0.25"/></RegressionTable>
          <RegressionTable intercept="0" targetCategory="no"/></Regression>
        """);
    CompiledModel model = mining("classification", inside.toString());
    // (0.5 + 0.6 + 0.7 + 0.8) / 4
    assertThat(Scored.row(model, "age", "1")).isEqualTo(Map.of("answer", "yes", "yes", "0.65"));
    Map<String, String> none = Scored.row(model, "age", "-1");
    assertThat(none).containsEntry("answer", null).containsEntry("yes", null);
  }

  @Test
  void classifiersInNodesGiveTheirProbabilities() {
    CompiledModel model =
        tree(
            "classification",
            "",
            """
            <Output><OutputField name="p(yes)" feature="probability" value="yes"/>
              <OutputField name="p(maybe)" feature="probability" value="maybe"/>
              <OutputField name="c" feature="confidence"/><OutputField name="node" feature="entityId"/></Output>
            <Node id="all"><True/>
              <Node id="young" score="no"><SimplePredicate field="age" operator="lessThan" value="30"/>
                <Regression functionName="classification" normalizationMethod="none">
                  <RegressionTable intercept="0" targetCategory="yes"><NumericPredictor name="income" coefficient="0.125"/></RegressionTable>
                  <RegressionTable intercept="0" targetCategory="maybe"/></Regression></Node>
              <Node id="old" score="no"><SimplePredicate field="age" operator="lessThan" value="60"/>
                <ScoreDistribution value="no" recordCount="3"/><ScoreDistribution value="yes" recordCount="1"/></Node>
              <Node id="oldest"><SimplePredicate field="age" operator="greaterOrEqual" value="60"/>
                <DecisionTree functionName="classification"><Node><True/>
                  <Node id="rich" score="yes"><SimplePredicate field="income" operator="greaterThan" value="5"/></Node>
                  <Node id="poor" score="maybe"><True/></Node></Node></DecisionTree></Node>
            </Node>
            """);
    assertThat(Scored.row(model, "age", "20", "income", "6"))
        .isEqualTo(
            Map.of(
                "answer",
                "yes",
                "p(yes)",
                "0.75",
                "p(maybe)",
                "0.25",
                "c",
                "0.75",
                "node",
                "young"));
    assertThat(Scored.row(model, "age", "20", "income", null))
        .isEqualTo(
            Map.of(
                "answer", "no", "p(yes)", "0.0", "p(maybe)", "0.0", "c", "1.0", "node", "young"));
    assertThat(Scored.row(model, "age", "40"))
        .isEqualTo(
            Map.of(
                "answer", "no", "p(yes)", "0.25", "p(maybe)", "0.0", "c", "0.75", "node", "old"));
    assertThat(Scored.row(model, "age", "70", "income", "7"))
        .isEqualTo(
            Map.of(
                "answer", "yes", "p(yes)", "1.0", "p(maybe)", "0.0", "c", "1.0", "node", "oldest"));
    assertThat(Scored.row(model, "age", "70", "income", "1")).containsEntry("answer", "maybe");
  }

  @Test
  void resultsOfNodesAreFieldsOfWhatComesLater() {
    CompiledModel model =
        mining(
            "regression",
            """
            <Output><OutputField name="seen" feature="transformedValue" dataType="string" optype="categorical"><FieldRef field="group"/></OutputField></Output>
            <DecisionTree functionName="classification"><ResultField name="which"/><Node><True/>
              <Node><SimplePredicate field="age" operator="lessThan" value="30"/>
                <DecisionTree functionName="classification"><ResultField name="group"/><Node score="young"><True/></Node></DecisionTree></Node>
              <Node><SimplePredicate field="age" operator="lessThan" value="60"/>
                <DecisionTree functionName="classification"><ResultField name="group"/><Node score="old"><True/></Node></DecisionTree></Node>
              <Node score="other"><True/></Node></Node></DecisionTree>
            <Regression functionName="regression"><RegressionTable intercept="0"><CategoricalPredictor name="group" value="young" coefficient="1"/>
              <CategoricalPredictor name="group" value="old" coefficient="2"/><CategoricalPredictor name="which" value="other" coefficient="4"/></RegressionTable></Regression>
            """);
    assertThat(Scored.row(model, "age", "20")).isEqualTo(Map.of("spent", "1.0", "seen", "young"));
    assertThat(Scored.row(model, "age", "40")).isEqualTo(Map.of("spent", "2.0", "seen", "old"));
    assertThat(Scored.row(model, "age", "70"))
        .containsEntry("spent", "4.0")
        .containsEntry("seen", null);
  }

  @Test
  void embeddedModelsHaveTransformationsAndTargetsOfTheirOwn() {
    CompiledModel model =
        mining(
            "regression",
            """
            <Targets><Target field="spent" rescaleFactor="10"/></Targets>
            <LocalTransformations><DerivedField name="half" optype="continuous" dataType="double">
              <Apply function="/"><FieldRef field="age"/><Constant>2</Constant></Apply></DerivedField></LocalTransformations>
            <Regression functionName="regression"><Targets><Target field="whatever" max="7"/></Targets>
              <LocalTransformations><DerivedField name="more" optype="continuous" dataType="double">
                <Apply function="+"><FieldRef field="half"/><Constant>1</Constant></Apply></DerivedField></LocalTransformations>
              <ResultField name="first"/>
              <RegressionTable intercept="0"><NumericPredictor name="more" coefficient="1"/></RegressionTable></Regression>
            <Regression functionName="regression"><Targets><Target><TargetValue defaultValue="3"/></Target></Targets>
              <RegressionTable intercept="0"><NumericPredictor name="first" coefficient="2"/></RegressionTable></Regression>
            """);
    assertThat(Scored.row(model, "age", "4")).isEqualTo(Map.of("spent", "60.0"));
    assertThat(Scored.row(model, "age", "40")).isEqualTo(Map.of("spent", "140.0"));
    assertThat(Scored.row(model, "age", null)).isEqualTo(Map.of("spent", "30.0"));
  }

  @Test
  void whatAModelInFrontPredictsNeedNotBeOfTheTargetsType() {
    CompiledModel model =
        Scored.model(
            """
            <DataDictionary><DataField name="x" optype="continuous" dataType="double"/>
            <DataField name="y" optype="categorical" dataType="integer"><Value value="0"/><Value value="1"/></DataField></DataDictionary>
            <MiningModel functionName="classification"><MiningSchema><MiningField name="x"/><MiningField name="y" usageType="predicted"/></MiningSchema>
            <DecisionTree functionName="classification"><ResultField name="size"/><Node><True/>
              <Node score="small"><SimplePredicate field="x" operator="lessThan" value="1"/></Node><Node score="large"><True/></Node></Node></DecisionTree>
            <DecisionTree functionName="classification"><Node><True/>
              <Node score="0"><SimplePredicate field="size" operator="equal" value="small"/></Node><Node score="1"><True/></Node></Node></DecisionTree>
            </MiningModel>
            """);
    assertThat(Scored.row(model, "x", "0")).isEqualTo(Map.of("y", "0"));
    assertThat(Scored.row(model, "x", "2")).isEqualTo(Map.of("y", "1"));
  }

  @Test
  void treesWithEmbeddedModelsMayBeAveraged() {
    String segment =
        """
        <Segment><True/><TreeModel functionName="regression"><MiningSchema><MiningField name="age"/><MiningField name="income"/></MiningSchema>
          <Node><True/><Node><SimplePredicate field="age" operator="lessThan" value="%s"/>
            <Regression functionName="regression"><RegressionTable intercept="%s"><NumericPredictor name="income" coefficient="1"/></RegressionTable></Regression></Node>
            <Node score="0"><True/></Node></Node></TreeModel></Segment>
        """;
    CompiledModel model =
        mining(
            "regression",
            "<Segmentation multipleModelMethod=\"average\">"
                + segment.formatted("30", "1")
                + segment.formatted("60", "3")
                + "</Segmentation>");
    assertThat(Scored.row(model, "age", "20", "income", "10")).containsEntry("spent", "12.0");
    assertThat(Scored.row(model, "age", "40", "income", "10")).containsEntry("spent", "6.5");
    assertThat(Scored.row(model, "age", "70", "income", "10")).containsEntry("spent", "0.0");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "<Regression functionName='classification'><RegressionTable intercept='1' targetCategory='a'/><RegressionTable intercept='1' targetCategory='b'/></Regression>"
            + " | does classification inside a MiningModel that does regression",
        "<Regression functionName='regression'><RegressionTable intercept='1'><NumericPredictor name='nowhere' coefficient='1'/></RegressionTable></Regression>"
            + " | field \"nowhere\" is not known to the MiningModel",
        "<Regression functionName='regression'><RegressionTable intercept='1'><NumericPredictor name='spent' coefficient='1'/></RegressionTable></Regression>"
            + " | its MiningField has usageType=\"target\"; make it active",
        "<Regression functionName='regression'><ResultField name='age'/><RegressionTable intercept='1'/></Regression><Regression functionName='regression'><RegressionTable intercept='1'/></Regression>"
            + " | the result \"age\" of the Regression has the name of another field; rename it",
        "<Regression functionName='regression'><ResultField name='a'/><RegressionTable intercept='1'/></Regression><Regression functionName='regression'><ResultField name='a'/><RegressionTable intercept='1'/></Regression>"
            + " | the result \"a\" of the Regression has the name of another field; rename it",
        "<Regression functionName='regression'><Targets><Target/><Target/></Targets><RegressionTable intercept='1'/></Regression>"
            + " | a second Target in the Regression, which predicts one thing; keep one",
        "<DecisionTree functionName='regression'><Node><True/><Regression functionName='classification'><RegressionTable intercept='1' targetCategory='a'/><RegressionTable intercept='1' targetCategory='b'/></Regression></Node></DecisionTree>"
            + " | a Regression that does classification in a Node of a tree that does regression; correct functionName",
        "<DecisionTree functionName='regression' missingValueStrategy='aggregateNodes'><Node><True/><Regression functionName='regression'><RegressionTable intercept='1'/></Regression></Node></DecisionTree>"
            + " | missingValueStrategy aggregateNodes, which mixes scores; choose another",
        "<DecisionTree functionName='regression'><Node><True/><Regression functionName='regression'><RegressionTable intercept='1'/></Regression><Regression functionName='regression'><RegressionTable intercept='1'/></Regression></Node></DecisionTree>"
            + " | a second model is embedded in this node; keep one of them",
        "<Regression functionName='regression'><RegressionTable intercept='1'/></Regression><Segmentation multipleModelMethod='sum'><Segment><True/><TreeModel functionName='regression'><MiningSchema/><Node score='1'><True/></Node></TreeModel></Segment></Segmentation>"
            + " | does not say how they go together; put a RegressionModel or TreeModel into a Segment",
        "<Segmentation multipleModelMethod='sum'><Segment><True/><TreeModel functionName='regression'><MiningSchema/><Node score='1'><True/></Node></TreeModel></Segment></Segmentation><Regression functionName='regression'><RegressionTable intercept='1'/></Regression>"
            + " | does not say how they go together; put a RegressionModel or TreeModel into a Segment",
        "<Regression functionName='regression'><MiningSchema/><RegressionTable intercept='1'/></Regression>"
            + " | element MiningSchema is unknown or may not stand here",
      })
  void whatHasNoMeaningIsRefused(String inside, String problem) {
    assertThatThrownBy(() -> mining("regression", inside.replace('\'', '"')))
        .hasMessageContaining("test.pmml:")
        .hasMessageContaining(problem);
  }
}
