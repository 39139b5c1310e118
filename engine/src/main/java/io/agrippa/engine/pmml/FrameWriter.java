package io.agrippa.engine.pmml;

import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OutputField;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.Value;
import io.agrippa.engine.model.Verification;
import java.util.List;

/** Writes what all model elements have. */
final class FrameWriter {
  private final XmlOut out;
  private final ExpressionWriter expressions;
  private final FieldWriter fields;

  FrameWriter(XmlOut out, ExpressionWriter expressions, FieldWriter fields) {
    this.out = out;
    this.expressions = expressions;
    this.fields = fields;
  }

  /** Starts a model's element with the attributes that all have. */
  void start(ModelFrame frame) {
    attributes(frame, ModelFrame.Arithmetic.DOUBLE);
    out.attribute("isScorable", frame.scorable(), true);
  }

  /**
   * Starts the element of an embedded model.
   *
   * @param around how the model around it computes
   */
  void start(ModelFrame frame, ModelFrame.Arithmetic around) {
    attributes(frame, around);
  }

  private void attributes(ModelFrame frame, ModelFrame.Arithmetic arithmetic) {
    out.line(frame.element())
        .attribute("modelName", frame.modelName())
        .attribute("functionName", Vocabulary.FUNCTION, frame.function(), null)
        .attribute("algorithmName", frame.algorithmName())
        .attribute("x-mathContext", Vocabulary.ARITHMETIC, frame.arithmetic(), arithmetic);
  }

  /** Writes the children that stand before a model's own. */
  void head(ModelFrame frame) {
    if (!frame.isEmbedded()) {
      fields.miningSchema(frame.miningSchema());
    }
    output(frame.output());
    targets(frame.targets());
    fields.localTransformations(frame.localTransformations());
  }

  /** Writes the children that stand behind a model's own, and ends it. */
  void end(ModelFrame frame) {
    if (frame.verification() != null) {
      verification(frame.verification());
    }
    out.end();
  }

  private void output(List<OutputField> output) {
    if (output.isEmpty()) {
      return;
    }
    out.line("Output");
    for (OutputField field : output) {
      out.line("OutputField")
          .attribute("name", field.name())
          .attribute("displayName", field.displayName())
          .attribute("optype", Vocabulary.OP_TYPE, field.opType(), null)
          .attribute("dataType", ExpressionWriter.text(field.dataType()))
          .attribute("targetField", field.targetField())
          .attribute("feature", field.feature())
          .attribute("value", field.value())
          .attribute("ruleFeature", field.ruleFeature())
          .attribute("algorithm", field.algorithm())
          .attribute("rank", field.rank(), 1);
      for (int i = 0; i < field.attributes().size(); i += 2) {
        out.attribute(field.attributes().get(i), field.attributes().get(i + 1));
      }
      out.attribute("segmentId", field.segmentId())
          .attribute("isFinalResult", field.finalResult(), true);
      decisions(field.decisions());
      if (field.expression() != null) {
        expressions.write(field.expression());
      }
      out.end();
    }
    out.end();
  }

  private void decisions(List<Value> decisions) {
    if (decisions.isEmpty()) {
      return;
    }
    out.line("Decisions");
    for (Value decision : decisions) {
      out.line("Decision")
          .attribute("value", decision.value())
          .attribute("displayValue", decision.displayValue())
          .end();
    }
    out.end();
  }

  private void targets(List<Target> targets) {
    if (targets.isEmpty()) {
      return;
    }
    out.line("Targets");
    for (Target target : targets) {
      out.line("Target")
          .attribute("field", target.field())
          .attribute("optype", Vocabulary.OP_TYPE, target.opType(), null)
          .attribute("castInteger", Vocabulary.CAST_INTEGER, target.castInteger(), null)
          .attribute("min", target.min())
          .attribute("max", target.max())
          .attribute("rescaleConstant", target.rescaleConstant(), 0)
          .attribute("rescaleFactor", target.rescaleFactor(), 1);
      for (Target.TargetValue value : target.values()) {
        out.line("TargetValue")
            .attribute("value", value.value())
            .attribute("displayValue", value.displayValue())
            .attribute("priorProbability", value.priorProbability())
            .attribute("defaultValue", value.defaultValue())
            .end();
      }
      out.end();
    }
    out.end();
  }

  private void verification(Verification verification) {
    ColumnNames names = new ColumnNames(verification.table().columns());
    out.line("ModelVerification")
        .attribute("recordCount", Integer.toString(verification.table().rows().size()))
        .attribute("fieldCount", Integer.toString(verification.fields().size()))
        .line("VerificationFields");
    for (Verification.Field field : verification.fields()) {
      out.line("VerificationField")
          .attribute("field", field.field())
          .attribute("column", names.of(field.column()))
          .attribute("precision", field.precision(), 1E-6)
          .attribute("zeroThreshold", field.zeroThreshold(), 1E-16)
          .end();
    }
    out.end();
    expressions.table(verification.table(), names);
    out.end();
  }
}
