package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.OutputField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The Output of a model: the predicted value and the Output fields as slots, which are set from a
 * prediction. Fields are computed in document order, and each sees those before it.
 */
final class OutputPlan implements Scope.Exports {
  private final FieldHandle predicted; // null where there is no prediction as such
  private final Feature predictedFeature;
  private final List<Output> outputs;

  /**
   * An Output field.
   *
   * @param handle its slot
   * @param feature what sets {@code rawSlot}; null where {@code node} needs nothing of the
   *     prediction
   * @param node makes the field's values
   */
  record Output(OutputField field, FieldHandle handle, Feature feature, int rawSlot, Node node) {}

  private OutputPlan(FieldHandle predicted, Feature predictedFeature, List<Output> outputs) {
    this.predicted = predicted;
    this.predictedFeature = predictedFeature;
    this.outputs = List.copyOf(outputs);
  }

  /** Compiles the Output of a scope's model. */
  static OutputPlan of(ModelPlan plan, ModelScope scope) {
    if (plan.shape().targetType() == null) {
      return new OutputPlan(null, null, new Compilation(plan, scope).outputs());
    }
    Feature predicted = new OutputFeatures(plan, scope).predicted(plan.shape(), null, 1);
    FieldHandle handle = scope.slot(plan.shape().targetField(), predicted.type());
    return new OutputPlan(handle, predicted, new Compilation(plan, scope).outputs());
  }

  @Override
  public FieldHandle predicted() {
    return predicted;
  }

  @Override
  public List<FieldHandle> outputs() {
    return outputs.stream().map(Output::handle).toList();
  }

  /** The Output fields with where they came from. */
  List<Output> fields() {
    return outputs;
  }

  @Override
  public Scope.Publisher publisher() {
    return this::publish;
  }

  private void publish(Frame frame, ModelPlan.Scorer scorer, Prediction prediction, long[] ran) {
    if (predicted != null) {
      Vector vector = frame.set(predicted.slot());
      predictedFeature.fill(frame, scorer, prediction, vector);
      Vectors.keepOnly(ran, predicted.type(), frame, vector);
    }
    for (Output output : outputs) {
      if (output.feature() != null) {
        output.feature().fill(frame, scorer, prediction, frame.set(output.rawSlot()));
      }
      Vector out = frame.set(output.handle().slot());
      output.node().evaluate(frame, out);
      out.invalid = null;
      Vectors.keepOnly(ran, output.handle().type(), frame, out);
      TraceLog log = frame.trace();
      if (log != null && (ran == null || Bits.get(ran, log.row()))) {
        log.output(
            output.handle().name(), output.field().feature(), frame, out, output.handle().type());
      }
    }
  }

  /** Compiles the fields of one Output. */
  private static final class Compilation {
    private final ModelScope scope;
    private final OutputFeatures features;
    private final Map<String, Output> done = new LinkedHashMap<>();

    Compilation(ModelPlan plan, ModelScope scope) {
      this.scope = scope;
      features = new OutputFeatures(plan, scope);
    }

    /**
     * Features of vendors (x-report) that are not known are no results, as PMML has it for
     * extensions.
     */
    List<Output> outputs() {
      for (OutputField field : scope.frame().output()) {
        if (field.feature().startsWith("x-")) {
          continue;
        }
        Output output =
            scope.part(
                "element OutputField",
                () -> {
                  if (done.containsKey(field.name())) {
                    throw error(field, "is defined twice; rename one of them");
                  }
                  return compile(field);
                },
                () -> null);
        if (output == null) { // in a survey
          scope.builder().lose(field.name());
        } else {
          done.put(field.name(), output);
        }
      }
      return new ArrayList<>(done.values());
    }

    private RuntimeException error(OutputField field, String message) {
      return scope.error(field.line(), "OutputField \"" + field.name() + "\" " + message);
    }

    private Output compile(OutputField field) {
      boolean transformed =
          field.feature().equals("transformedValue") || field.feature().equals("decision");
      boolean ofSegment = field.segmentId() != null;
      // of a segment either a result by its name, or an expression over its results
      if (transformed && (!ofSegment || (field.value() == null && field.expression() != null))) {
        if (field.expression() == null) {
          throw error(field, "has no expression; add one");
        }
        ExpressionCompiler compiler =
            new ExpressionCompiler(
                scope.builder(),
                ofSegment ? names(features.segment(field)) : this::field,
                "OutputField \"" + field.name() + "\"",
                field.name());
        Node node =
            field.dataType() == null
                ? compiler.compile(field.expression())
                : compiler.compile(field.expression(), type(field, null));
        return new Output(field, scope.slot(field.name(), node.type()), null, -1, node);
      }
      Feature feature = features.of(field);
      FieldHandle raw = scope.slot(field.name(), feature.type());
      FieldType type = field.dataType() == null ? feature.type() : type(field, feature.type());
      Node node =
          CastNode.to(
              new SlotNode(raw, raw.type()),
              type,
              new Site(
                  scope.builder(),
                  "OutputField \"" + field.name() + "\"",
                  field.name(),
                  field.line()));
      return new Output(field, scope.slot(field.name(), type), feature, raw.slot(), node);
    }

    private ExpressionCompiler.Names names(ModelPlan.SegmentResults segment) {
      return (name, line) -> {
        for (FieldHandle output : segment.outputs()) {
          if (output.name().equals(name)) {
            return new SlotNode(output, output.type());
          }
        }
        return field(name, line);
      };
    }

    private Node field(String name, int line) {
      Output output = done.get(name);
      FieldHandle handle = output != null ? output.handle() : scope.field(name, line);
      return new SlotNode(handle, handle.type());
    }

    private static FieldType type(OutputField field, FieldType like) {
      OpType opType = field.opType();
      if (opType == null) {
        opType =
            like != null
                ? like.opType()
                : field.dataType().kind() == DataType.Kind.STRING
                    ? OpType.CATEGORICAL
                    : OpType.CONTINUOUS;
      }
      return new FieldType(field.dataType(), opType, like == null ? List.of() : like.order());
    }
  }
}
