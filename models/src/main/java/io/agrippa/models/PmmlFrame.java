package io.agrippa.models;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.OutputField;
import io.agrippa.engine.model.Value;
import io.agrippa.engine.model.Verification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything in the PMML around the model element: fields, treatments and outputs.
 *
 * <p>What is missing is replaced where a model takes its fields, so no missing value reaches a tree
 * or an equation; a category that was not there in training is left as it is, and equals none of
 * those that the model knows.
 *
 * @param name the model's name
 * @param algorithm the algorithm's name
 * @param features what the model sees
 * @param labels what it predicts
 * @param table the training rows, whose columns the inputs are
 * @param verification rows with the predictions that they must get
 */
record PmmlFrame(
    String name,
    String algorithm,
    List<Feature> features,
    Labels labels,
    Table table,
    Verification verification) {
  PmmlFrame {
    features = List.copyOf(features);
  }

  /** Name of the output that gives the probability of a class. */
  static String probability(String level) {
    return "probability(" + level + ")";
  }

  /** The DataDictionary: the target, then the inputs. */
  List<DataField> dataDictionary() {
    List<DataField> fields = new ArrayList<>();
    if (labels instanceof Labels.Classes classes) {
      fields.add(category(classes.name(), classes.type(), classes.levels()));
    } else {
      fields.add(field(labels.name(), OpType.CONTINUOUS, DataType.DOUBLE, List.of()));
    }
    for (Feature input : inputs().values()) {
      if (input instanceof Feature.Categorical c) {
        fields.add(category(c.name(), c.type(), c.levels()));
      } else if (table.column(input.column()) instanceof TableColumn.Moments moments) {
        DataType type =
            switch (moments.step()) {
              case DAYS -> DataType.DATE;
              case SECONDS -> DataType.DATE_TIME;
            };
        fields.add(field(moments.name(), OpType.ORDINAL, type, List.of()));
      } else {
        fields.add(field(input.column(), OpType.CONTINUOUS, DataType.DOUBLE, List.of()));
      }
    }
    return fields;
  }

  /** The frame of the document's model. */
  ModelFrame outer(String element) {
    List<MiningField> schema = new ArrayList<>();
    schema.add(target());
    inputs().values().forEach(input -> schema.add(input(input)));
    List<OutputField> output = new ArrayList<>();
    if (labels instanceof Labels.Classes classes) {
      for (String level : classes.levels()) {
        output.add(output(probability(level), "probability", level, true));
      }
    }
    return frame(element, name, function(), schema, output, verification);
  }

  /**
   * The frame of a model inside of the document's model.
   *
   * @param inputs the features that it uses
   */
  ModelFrame inner(String element, ModelFrame.Function function, List<Feature> inputs) {
    return frame(
        element,
        null,
        function,
        inputs.stream().map(Feature::column).distinct().map(PmmlFrame::plain).toList(),
        List.of(),
        null);
  }

  /** The frame of a model inside of a chain that gives its prediction a name. */
  ModelFrame named(String element, String prediction) {
    return frame(
        element,
        null,
        ModelFrame.Function.REGRESSION,
        inputs().keySet().stream().map(PmmlFrame::plain).toList(),
        List.of(output(prediction, "predictedValue", null, false)),
        null);
  }

  /**
   * The frame of the last model of a chain, which predicts the target from an earlier prediction.
   */
  ModelFrame last(String element, String prediction) {
    return frame(element, null, function(), List.of(target(), plain(prediction)), List.of(), null);
  }

  /** What the document's model does. */
  ModelFrame.Function function() {
    return labels instanceof Labels.Classes
        ? ModelFrame.Function.CLASSIFICATION
        : ModelFrame.Function.REGRESSION;
  }

  /** A feature of each input column, in order. */
  private Map<String, Feature> inputs() {
    Map<String, Feature> inputs = new LinkedHashMap<>();
    for (Feature feature : features) {
      inputs.putIfAbsent(feature.column(), feature);
    }
    return inputs;
  }

  private ModelFrame frame(
      String element,
      String modelName,
      ModelFrame.Function function,
      List<MiningField> schema,
      List<OutputField> output,
      Verification rows) {
    return new ModelFrame(
        element,
        modelName,
        function,
        modelName == null ? null : algorithm,
        ModelFrame.Arithmetic.DOUBLE,
        true,
        schema,
        output,
        List.of(),
        List.of(),
        rows,
        0);
  }

  private static DataField category(String name, DataType type, List<String> levels) {
    return field(
        name,
        OpType.CATEGORICAL,
        type,
        levels.stream().map(level -> new Value(level, null, Value.Property.VALID)).toList());
  }

  private static DataField field(String name, OpType opType, DataType type, List<Value> values) {
    return new DataField(name, null, opType, type, false, List.of(), values, 0);
  }

  private MiningField target() {
    return mining(
        labels.name(),
        MiningField.UsageType.TARGET,
        null,
        null,
        MiningField.InvalidValueTreatment.RETURN_INVALID);
  }

  private static MiningField plain(String name) {
    return mining(
        name,
        MiningField.UsageType.ACTIVE,
        null,
        null,
        MiningField.InvalidValueTreatment.RETURN_INVALID);
  }

  private static MiningField input(Feature input) {
    if (input instanceof Feature.Categorical category) {
      return mining(
          category.name(),
          MiningField.UsageType.ACTIVE,
          category.replacement(),
          MiningField.MissingValueTreatment.AS_MODE,
          MiningField.InvalidValueTreatment.AS_IS);
    }
    Feature.Numeric number = (Feature.Numeric) input;
    return number.derivation().ofMoment()
        ? plain(number.column())
        : mining(
            number.column(),
            MiningField.UsageType.ACTIVE,
            Decimal.text(number.replacement()),
            MiningField.MissingValueTreatment.AS_MEDIAN,
            MiningField.InvalidValueTreatment.RETURN_INVALID);
  }

  private static MiningField mining(
      String name,
      MiningField.UsageType usage,
      String replacement,
      MiningField.MissingValueTreatment missing,
      MiningField.InvalidValueTreatment invalid) {
    return new MiningField(
        name,
        usage,
        null,
        Double.NaN,
        MiningField.OutlierTreatment.AS_IS,
        Double.NaN,
        Double.NaN,
        replacement,
        missing,
        invalid,
        null,
        0);
  }

  private static OutputField output(
      String name, String feature, String value, boolean finalResult) {
    return new OutputField(
        name,
        null,
        OpType.CONTINUOUS,
        DataType.DOUBLE,
        null,
        feature,
        value,
        null,
        finalResult,
        1,
        null,
        null,
        null,
        List.of(),
        List.of(),
        0);
  }
}
