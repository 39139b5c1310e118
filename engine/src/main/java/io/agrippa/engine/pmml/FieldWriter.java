package io.agrippa.engine.pmml;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DefineFunction;
import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.Value;
import java.util.List;

/** Writes the data dictionary, mining schemas and transformations. */
final class FieldWriter {
  private final XmlOut out;
  private final ExpressionWriter expressions;

  FieldWriter(XmlOut out, ExpressionWriter expressions) {
    this.out = out;
    this.expressions = expressions;
  }

  void dataDictionary(List<DataField> fields) {
    out.line("DataDictionary").attribute("numberOfFields", Integer.toString(fields.size()));
    for (DataField field : fields) {
      out.line("DataField")
          .attribute("name", field.name())
          .attribute("displayName", field.displayName())
          .attribute("optype", Vocabulary.OP_TYPE, field.opType(), null)
          .attribute("dataType", ExpressionWriter.text(field.dataType()))
          .attribute("isCyclic", field.cyclic() ? "1" : null);
      domain(field.intervals(), field.values());
      out.end();
    }
    out.end();
  }

  private void domain(List<Interval> intervals, List<Value> values) {
    for (Interval interval : intervals) {
      ExpressionWriter.interval(out.line("Interval"), interval);
    }
    for (Value value : values) {
      out.line("Value")
          .attribute("value", value.value())
          .attribute("displayValue", value.displayValue())
          .attribute("property", Vocabulary.PROPERTY, value.property(), Value.Property.VALID)
          .end();
    }
  }

  void transformationDictionary(List<DefineFunction> functions, List<DerivedField> fields) {
    if (functions.isEmpty() && fields.isEmpty()) {
      return;
    }
    out.line("TransformationDictionary");
    functions.forEach(this::defineFunction);
    fields.forEach(this::derivedField);
    out.end();
  }

  private void defineFunction(DefineFunction function) {
    out.line("DefineFunction")
        .attribute("name", function.name())
        .attribute("optype", Vocabulary.OP_TYPE, function.opType(), null)
        .attribute("dataType", ExpressionWriter.text(function.dataType()));
    for (DefineFunction.Parameter parameter : function.parameters()) {
      out.line("ParameterField")
          .attribute("name", parameter.name())
          .attribute("optype", Vocabulary.OP_TYPE, parameter.opType(), null)
          .attribute("dataType", ExpressionWriter.text(parameter.dataType()))
          .end();
    }
    function.derivedFields().forEach(this::derivedField);
    expressions.write(function.expression());
    out.end();
  }

  void localTransformations(List<DerivedField> fields) {
    if (!fields.isEmpty()) {
      out.line("LocalTransformations");
      fields.forEach(this::derivedField);
      out.end();
    }
  }

  private void derivedField(DerivedField field) {
    out.line("DerivedField")
        .attribute("name", field.name())
        .attribute("displayName", field.displayName())
        .attribute("optype", Vocabulary.OP_TYPE, field.opType(), null)
        .attribute("dataType", ExpressionWriter.text(field.dataType()));
    expressions.write(field.expression());
    domain(field.intervals(), field.values());
    out.end();
  }

  void miningSchema(List<MiningField> fields) {
    out.line("MiningSchema");
    for (MiningField field : fields) {
      out.line("MiningField")
          .attribute("name", field.name())
          .attribute(
              "usageType", Vocabulary.USAGE_TYPE, field.usageType(), MiningField.UsageType.ACTIVE)
          .attribute("optype", Vocabulary.OP_TYPE, field.opType(), null)
          .attribute("importance", field.importance())
          .attribute(
              "outliers", Vocabulary.OUTLIERS, field.outliers(), MiningField.OutlierTreatment.AS_IS)
          .attribute("lowValue", field.lowValue())
          .attribute("highValue", field.highValue())
          .attribute("missingValueReplacement", field.missingValueReplacement())
          .attribute(
              "missingValueTreatment",
              Vocabulary.MISSING_VALUES,
              field.missingValueTreatment(),
              null)
          .attribute(
              "invalidValueTreatment",
              Vocabulary.INVALID_VALUES,
              field.invalidValueTreatment(),
              MiningField.InvalidValueTreatment.RETURN_INVALID)
          .attribute("invalidValueReplacement", field.invalidValueReplacement())
          .end();
    }
    out.end();
  }
}
