package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Cell;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.TreeModel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes down what scorers do for one row of a block. They do it all the same: what is noted is
 * what they have just computed, so that a trace has no semantics of its own. A frame that is not
 * traced has none.
 */
final class TraceLog {
  private final int row;
  private final Deque<Open> open = new ArrayDeque<>();
  private Trace.Model whole;

  /** A model element that is being scored. */
  private static final class Open {
    private final ModelFrame frame;
    private final String method;
    private final List<Trace.Step> steps = new ArrayList<>();
    private final List<Trace.Output> outputs = new ArrayList<>();
    private Trace.Prediction prediction =
        new Trace.Prediction(Optional.empty(), Map.of(), Map.of(), Optional.empty(), false);
    private Optional<Trace.Rescaling> rescaling = Optional.empty();
    private Trace.Model last; // the nested model that has ended last

    Open(ModelFrame frame, String method) {
      this.frame = frame;
      this.method = method;
    }
  }

  TraceLog(int row) {
    this.row = row;
  }

  /** The row of the block that is traced. */
  int row() {
    return row;
  }

  /** A model begins. */
  void begin(Model model) {
    open.push(new Open(model.frame(), method(model)));
  }

  private static String method(Model model) {
    if (model instanceof MiningModel mining) {
      return word(mining.method());
    }
    return model instanceof RegressionModel regression
        ? word(regression.normalization())
        : word(((TreeModel) model).missingValueStrategy());
  }

  /** A constant as PMML writes it. */
  static String word(Enum<?> constant) {
    StringBuilder word = new StringBuilder();
    boolean upper = false;
    for (char c : constant.name().toCharArray()) {
      if (c != '_') {
        word.append(upper ? c : Character.toLowerCase(c));
      }
      upper = c == '_';
    }
    return word.toString();
  }

  /** Something was done in the model that began last. */
  void add(Trace.Step step) {
    open.element().steps.add(step);
  }

  /** The model that began last has predicted. */
  void predicted(Prediction prediction, PredictionShape shape) {
    open.element().prediction = prediction(prediction, shape);
  }

  /** Targets were applied to the prediction of the model that began last. */
  void rescaled(Optional<Object> before, Optional<Object> after) {
    open.element().rescaling = Optional.of(new Trace.Rescaling(before, after));
  }

  /** An Output field of the model that began last was set. */
  void output(String field, String feature, Frame frame, Vector vector, FieldType type) {
    open.element()
        .outputs
        .add(new Trace.Output(field, feature, value(frame, vector, type.dataType())));
  }

  /** The model that began last is done. */
  void end() {
    Open done = open.pop();
    Trace.Model model =
        new Trace.Model(
            done.frame.element(),
            Optional.ofNullable(done.frame.modelName()),
            done.method,
            done.frame.line(),
            done.steps,
            done.prediction,
            done.rescaling,
            done.outputs);
    if (open.isEmpty()) {
      whole = model;
    } else {
      open.element().last = model;
    }
  }

  /** The nested model that ended last, once. */
  Optional<Trace.Model> nested() {
    Trace.Model last = open.element().last;
    open.element().last = null;
    return Optional.ofNullable(last);
  }

  /** The outermost model, when it is done. */
  Trace.Model whole() {
    return whole;
  }

  /** The truth of a test. */
  static Trace.Truth truth(int truth) {
    return switch (truth) {
      case RowTest.TRUE -> Trace.Truth.TRUE;
      case RowTest.FALSE -> Trace.Truth.FALSE;
      case RowTest.UNKNOWN -> Trace.Truth.UNKNOWN;
      default -> Trace.Truth.FAILED;
    };
  }

  /** The value of a vector in the traced row. */
  Optional<Object> value(Frame frame, Vector vector, DataType type) {
    // What a function counts may be an integer of more than 32 bits.
    boolean wide =
        type.kind() == DataType.Kind.INTEGER
            && !Bits.get(vector.missing, row)
            && vector.numbers[row] != (int) vector.numbers[row];
    return Optional.ofNullable(
        Cell.value(
            wide ? Type.Scalar.LONG : Results.columnType(type),
            VectorColumns.column(vector, type, frame.rows(), null),
            row));
  }

  /** The predicted value in the traced row. */
  Optional<Object> value(Prediction prediction, PredictionShape shape) {
    if (Bits.get(prediction.missing, row) || shape.targetType() == null) {
      return Optional.empty();
    }
    return Optional.of(
        shape.labels() == null
            ? (Object) prediction.numbers[row]
            : shape.labels().text(prediction.labels[row]));
  }

  private Trace.Prediction prediction(Prediction prediction, PredictionShape shape) {
    int entity = prediction.entities == null ? -1 : prediction.entities[row];
    return new Trace.Prediction(
        value(prediction, shape),
        byLabel(prediction.probabilities, shape),
        byLabel(prediction.confidences, shape),
        entity < 0 ? Optional.empty() : Optional.ofNullable(shape.entityIds().get(entity)),
        Bits.get(prediction.errors, row));
  }

  private Map<String, Double> byLabel(double[][] numbers, PredictionShape shape) {
    Map<String, Double> byLabel = new LinkedHashMap<>();
    if (numbers != null) {
      for (int label = 0; label < numbers.length; label++) {
        if (!Double.isNaN(numbers[label][row])) {
          byLabel.put(shape.labels().text(label), numbers[label][row]);
        }
      }
    }
    return byLabel;
  }
}
