package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.OutputField;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.Value;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Compiles the result features of Output fields. */
final class OutputFeatures {
  private static final FieldType DOUBLE = new FieldType(DataType.DOUBLE, OpType.CONTINUOUS);
  private static final FieldType STRING = new FieldType(DataType.STRING, OpType.CATEGORICAL);

  private final ModelPlan plan;
  private final ModelScope scope;

  OutputFeatures(ModelPlan plan, ModelScope scope) {
    this.plan = plan;
    this.scope = scope;
  }

  /** Fills from one prediction. */
  private interface Filler {
    void fill(Frame frame, Prediction prediction, Vector out);
  }

  /** A feature of the model's own prediction, or of that of the segment with this id. */
  private record Taken(FieldType type, String segment, Filler filler) implements Feature {
    @Override
    public void fill(Frame frame, ModelPlan.Scorer scorer, Prediction prediction, Vector out) {
      Prediction source = segment == null ? prediction : scorer.segment(segment);
      out.addMissing(source.missing);
      out.addErrors(source.errors);
      filler.fill(frame, source, out);
    }
  }

  /** The feature that an Output field names. */
  Feature of(OutputField field) {
    String segment = field.segmentId();
    PredictionShape shape = plan.shape();
    if (segment != null) {
      ModelPlan.SegmentResults results = segment(field);
      if (field.feature().equals("transformedValue") || field.feature().equals("decision")) {
        return resultOf(results, field);
      }
      shape = results.shape();
    }
    String target = shape.targetField();
    if (field.targetField() != null
        && (target != null || shape.targetType() == null)
        && !field.targetField().equals(target)) {
      return otherTarget(field, shape);
    }
    if (shape.targetType() == null) {
      throw error(
          field,
          "has the feature %s, but selectAll gives no single prediction; remove it"
              .formatted(field.feature()));
    }
    return switch (field.feature()) {
      case "predictedValue" -> predicted(shape, segment, field.rank());
      case "predictedDisplayValue" -> display(shape, segment, field.rank());
      case "probability" -> share(field, shape, segment, true);
      case "confidence" -> share(field, shape, segment, false);
      case "entityId" -> entity(field, shape, segment);
      case "residual" -> residual(field, shape, segment);
      default ->
          throw error(
              field,
              "has the feature \"" + field.feature() + "\", which is not supported; remove it");
    };
  }

  /** The results of the segment that an Output field names. */
  ModelPlan.SegmentResults segment(OutputField field) {
    ModelPlan.SegmentResults results = plan.segments().get(field.segmentId());
    if (results == null) {
      throw error(
          field,
          "asks for segment \"" + field.segmentId() + "\", which there is not; correct the id");
    }
    return results;
  }

  private RuntimeException error(OutputField field, String message) {
    return scope.error(field.line(), "OutputField \"" + field.name() + "\" " + message);
  }

  private Feature resultOf(ModelPlan.SegmentResults results, OutputField field) {
    for (FieldHandle handle : results.outputs()) {
      if (handle.name().equals(field.value())) {
        return new Taken(
            handle.type(),
            field.segmentId(),
            (frame, p, out) -> copy(frame, frame.vector(handle.slot()), handle.type(), out));
      }
    }
    throw error(
        field,
        "asks for the result \"%s\" of segment \"%s\", which there is not; correct the attribute value"
            .formatted(field.value(), field.segmentId()));
  }

  /** The prediction of another target of a model with several. */
  private Feature otherTarget(OutputField field, PredictionShape shape) {
    for (FieldHandle handle : plan.results()) {
      if (handle.name().equals(field.targetField()) && field.feature().equals("predictedValue")) {
        return new SlotFeature(handle);
      }
    }
    throw error(
        field,
        "asks for the %s of the target \"%s\", but the model predicts \"%s\"; correct the name"
            .formatted(field.feature(), field.targetField(), shape.targetField()));
  }

  /** The values of a slot that the model's scorer sets. */
  private record SlotFeature(FieldHandle handle) implements Feature {
    @Override
    public FieldType type() {
      return handle.type();
    }

    @Override
    public void fill(Frame frame, ModelPlan.Scorer scorer, Prediction prediction, Vector out) {
      copy(frame, frame.vector(handle.slot()), handle.type(), out);
    }
  }

  private static void copy(Frame frame, Vector from, FieldType type, Vector out) {
    out.addMissing(from.missing);
    out.addErrors(from.errors);
    if (type.isText()) {
      System.arraycopy(from.codes, 0, out.codeBuffer(), 0, frame.rows());
      out.dictionary = from.dictionary;
    } else {
      System.arraycopy(from.numbers, 0, out.numberBuffer(), 0, frame.rows());
    }
  }

  /** The predicted value, or that of this rank. */
  Feature predicted(PredictionShape shape, String segment, int rank) {
    if (shape.labels() == null) {
      FieldType type = numberType(shape);
      boolean whole = type.dataType().kind() == DataType.Kind.INTEGER;
      return new Taken(
          type,
          segment,
          (frame, p, out) -> {
            System.arraycopy(p.numbers, 0, out.numberBuffer(), 0, frame.rows());
            if (whole) {
              failWide(frame, shape, out);
            }
          });
    }
    FieldType type = shape.targetType();
    if (type.isText()) {
      return texts(shape, segment, rank, type, shape.labels()::text);
    }
    double[] values = new double[shape.labels().size()];
    for (int label = 0; label < values.length; label++) {
      try {
        values[label] = Literals.number(shape.labels().text(label), type.dataType());
      } catch (LiteralException e) {
        if (shape.targetField() == null) { // the type is but that of a model around
          return texts(shape, segment, rank, STRING, shape.labels()::text);
        }
        throw scope.error(
            scope.frame().line(),
            "the target \"%s\" is of type %s, but the model predicts %s; correct the type"
                .formatted(shape.targetField(), type.dataType(), e.getMessage()));
      }
    }
    return new Taken(
        type,
        segment,
        (frame, p, out) -> {
          int[] labels = ranked(frame, p, rank);
          double[] to = out.numberBuffer();
          for (int row = 0, rows = frame.rows(); row < rows; row++) {
            int label = Bits.get(p.missing, row) ? -1 : labels[row];
            if (label >= 0) {
              to[row] = values[label];
            } else {
              Bits.set(out.missingBuffer(), row);
            }
          }
        });
  }

  /**
   * Whole numbers only where they are made whole: a regression of an integer target is a real
   * number.
   */
  private FieldType numberType(PredictionShape shape) {
    FieldType type = shape.targetType();
    if (type.dataType().kind() == DataType.Kind.INTEGER) {
      Target target = TargetPlan.targetOf(plan, scope);
      if (target == null || target.castInteger() == null) {
        return DOUBLE;
      }
    }
    return type.isText() ? DOUBLE : type;
  }

  /** Integers have 32 bits. */
  private static void failWide(Frame frame, PredictionShape shape, Vector out) {
    double[] values = out.numbers;
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      if (!Bits.get(out.missing, row) && values[row] != (int) values[row]) {
        out.fail(row);
        frame.explain(
            row,
            Explain.target(shape),
            Literals.text(values[row], DataType.DOUBLE),
            "the prediction is outside the integers of 32 bits; declare the target as double");
      }
    }
  }

  private Feature texts(
      PredictionShape shape, String segment, int rank, FieldType type, IntFunction<String> text) {
    int size = shape.labels().size();
    Map<String, Integer> codes = new HashMap<>();
    int[] codeOf = new int[size];
    String[] texts = new String[size];
    for (int label = 0; label < size; label++) {
      String shown = text.apply(label);
      Integer known = codes.putIfAbsent(shown, codes.size());
      codeOf[label] = known == null ? codes.size() - 1 : known;
      texts[codeOf[label]] = shown;
    }
    Dictionary dictionary = Dictionary.of(Arrays.copyOf(texts, codes.size()));
    return new Taken(
        type,
        segment,
        (frame, p, out) -> {
          int[] labels = ranked(frame, p, rank);
          int[] to = out.codeBuffer();
          for (int row = 0, rows = frame.rows(); row < rows; row++) {
            int label = Bits.get(p.missing, row) ? -1 : labels[row];
            to[row] = label < 0 ? -1 : codeOf[label];
            if (label < 0) {
              Bits.set(out.missingBuffer(), row);
            }
          }
          out.dictionary = dictionary;
        });
  }

  private Feature display(PredictionShape shape, String segment, int rank) {
    if (shape.labels() == null) {
      return predicted(shape, segment, rank);
    }
    Map<String, String> shown = new HashMap<>();
    DataType type = shape.targetType().dataType();
    DataField dataField = scope.builder().dataField(shape.targetField());
    if (dataField != null) {
      for (Value value : dataField.values()) {
        if (value.displayValue() != null) {
          shown.put(Literals.canonical(value.value(), type), value.displayValue());
        }
      }
    }
    Target target = TargetPlan.targetOf(plan, scope);
    if (target != null) {
      for (Target.TargetValue value : target.values()) {
        if (value.value() != null && value.displayValue() != null) {
          shown.put(Literals.canonical(value.value(), type), value.displayValue());
        }
      }
    }
    return texts(
        shape,
        segment,
        rank,
        STRING,
        label -> shown.getOrDefault(shape.labels().text(label), shape.labels().text(label)));
  }

  /**
   * The labels of a rank: the predicted ones for rank 1, otherwise by falling probability, earlier
   * ones first among equals.
   */
  private static int[] ranked(Frame frame, Prediction p, int rank) {
    if (rank <= 1) {
      return p.labels;
    }
    int[] result = new int[frame.rows()];
    if (p.probabilities == null) { // then only the best is known
      Arrays.fill(result, -1);
      return result;
    }
    double[][] probabilities = p.probabilities;
    Integer[] order = new Integer[probabilities.length];
    for (int row = 0; row < result.length; row++) {
      int at = row;
      for (int label = 0; label < order.length; label++) {
        order[label] = label;
      }
      Arrays.sort(order, (a, b) -> Double.compare(probabilities[b][at], probabilities[a][at]));
      result[row] = rank > order.length ? -1 : order[rank - 1];
    }
    return result;
  }

  /**
   * A probability or confidence: of the category that {@code value} names, otherwise of the
   * predicted one. Where there are no confidences apart, they are the probabilities.
   */
  private Feature share(
      OutputField field, PredictionShape shape, String segment, boolean probability) {
    if (shape.labels() == null) {
      throw error(
          field,
          "has the feature %s, which a regression does not give; remove it"
              .formatted(field.feature()));
    }
    boolean apart = !probability && shape.hasConfidences();
    if (!apart && !shape.hasProbabilities()) {
      return new Taken(DOUBLE, segment, (frame, p, out) -> Inputs.allMissing(frame, out, DOUBLE));
    }
    int asked = field.value() == null ? -1 : indexOf(shape, field.value());
    int rank = field.rank();
    return new Taken(
        DOUBLE,
        segment,
        (frame, p, out) -> {
          double[][] shares = apart ? p.confidences : p.probabilities;
          double[] to = out.numberBuffer();
          if (field.value() != null && asked < 0) {
            for (int row = 0, rows = frame.rows(); row < rows; row++) {
              to[row] = Double.isNaN(shares[0][row]) ? Double.NaN : 0; // as none are given
            }
          } else if (asked >= 0) {
            System.arraycopy(shares[asked], 0, to, 0, frame.rows());
          } else {
            pick(frame, p, ranked(frame, p, rank), shares, to, out);
          }
          dropNaN(frame, out);
        });
  }

  private static void pick(
      Frame frame, Prediction p, int[] labels, double[][] shares, double[] to, Vector out) {
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      int label = Bits.get(p.missing, row) ? -1 : labels[row];
      if (label >= 0) {
        to[row] = shares[label][row];
      } else {
        Bits.set(out.missingBuffer(), row);
      }
    }
  }

  private static void dropNaN(Frame frame, Vector out) {
    double[] values = out.numbers;
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      if (Double.isNaN(values[row]) && !Bits.get(out.missing, row)) {
        Bits.set(out.missingBuffer(), row);
      }
    }
  }

  private static int indexOf(PredictionShape shape, String value) {
    int index = shape.labels().indexOf(Literals.canonical(value, shape.targetType().dataType()));
    return index >= 0 ? index : shape.labels().indexOf(value);
  }

  private Feature entity(OutputField field, PredictionShape shape, String segment) {
    List<String> ids = shape.entityIds();
    if (ids.isEmpty()) {
      throw error(field, "has the feature entityId, which the model does not give; remove it");
    }
    int memo = scope.builder().memo();
    return new Taken(
        STRING,
        segment,
        (frame, p, out) -> {
          TextPool texts = frame.memo(memo).pool();
          texts.refresh();
          int[] to = out.codeBuffer();
          for (int row = 0, rows = frame.rows(); row < rows; row++) {
            int entity = Bits.get(p.missing, row) ? -1 : p.entities[row];
            String id = entity < 0 ? null : ids.get(entity);
            to[row] = id == null ? -1 : texts.code(id);
            if (id == null) {
              Bits.set(out.missingBuffer(), row);
            }
          }
          out.dictionary = texts.dictionary();
        });
  }

  private Feature residual(OutputField field, PredictionShape shape, String segment) {
    if (shape.targetField() == null) {
      throw error(field, "is a residual, but the model has no target field; declare one");
    }
    FieldHandle actual = scope.actual(shape.targetField(), field.line());
    if (shape.labels() == null) {
      if (actual.type().isText()) {
        throw error(
            field, "is a residual of the text \"" + actual.name() + "\"; declare it as a number");
      }
      return new Taken(
          DOUBLE,
          segment,
          (frame, p, out) -> {
            Vector observed = frame.vector(actual.slot());
            out.addMissing(observed.missing);
            out.addErrors(observed.errors);
            double[] to = out.numberBuffer();
            for (int row = 0, rows = frame.rows(); row < rows; row++) {
              to[row] = observed.numbers[row] - p.numbers[row];
            }
          });
    }
    if (!shape.hasProbabilities()) {
      throw error(field, "is a residual, but the model gives no probabilities; remove it");
    }
    return new Taken(
        DOUBLE, segment, (frame, p, out) -> discreteResidual(frame, actual, shape, p, out));
  }

  private static void discreteResidual(
      Frame frame, FieldHandle actual, PredictionShape shape, Prediction p, Vector out) {
    Vector observed = frame.vector(actual.slot());
    out.addMissing(observed.missing);
    out.addErrors(observed.errors);
    DataType type = actual.type().dataType();
    double[] to = out.numberBuffer();
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      if (!Bits.get(out.missing, row)) {
        String text =
            actual.type().isText()
                ? observed.dictionary.value(observed.codes[row])
                : Literals.canonical(observed.numbers[row], type);
        int label = p.labels[row];
        boolean hit = shape.labels().text(label).equals(text);
        to[row] = (hit ? 1 : 0) - p.probabilities[label][row];
      }
    }
  }
}
