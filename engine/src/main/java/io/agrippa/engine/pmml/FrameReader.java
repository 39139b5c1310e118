package io.agrippa.engine.pmml;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.InlineTable;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.OutputField;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.Value;
import io.agrippa.engine.model.Verification;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what all model elements have; one instance a model. A model embedded in another one has
 * less of it, and names its results by ResultFields, which are Output fields under their older
 * name.
 */
final class FrameReader {
  private final Cursor cursor;
  private final ExpressionReader expressions;
  private final FieldReader fields;
  private final int line;
  private final String element;
  private final String modelName;
  private final ModelFrame.Function function;
  private final String algorithmName;
  private final ModelFrame.Arithmetic arithmetic;
  private final boolean scorable;
  private final boolean embedded;
  private List<MiningField> miningSchema;
  private final List<OutputField> output = new ArrayList<>();
  private List<Target> targets = List.of();
  private List<DerivedField> localTransformations = List.of();
  private Verification verification;

  /** Reads the attributes of the model at whose start the cursor stands. */
  FrameReader(Cursor cursor, ExpressionReader expressions, FieldReader fields) {
    this(cursor, expressions, fields, null);
  }

  /**
   * The same for a model that is embedded in another one.
   *
   * @param around how that one computes: so does the embedded one where it does not say; null for a
   *     model that is not embedded
   */
  FrameReader(
      Cursor cursor,
      ExpressionReader expressions,
      FieldReader fields,
      ModelFrame.Arithmetic around) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.fields = fields;
    line = cursor.line();
    element = cursor.name();
    modelName = cursor.optional("modelName");
    function = cursor.requiredWord("functionName", Vocabulary.FUNCTION);
    algorithmName = cursor.optional("algorithmName");
    embedded = around != null;
    arithmetic =
        cursor.word(
            "x-mathContext",
            Vocabulary.ARITHMETIC,
            embedded ? around : ModelFrame.Arithmetic.DOUBLE);
    scorable = embedded || cursor.truth("isScorable", true);
  }

  /** Reads the current child if all models may have it. */
  boolean read() {
    String child = cursor.name();
    boolean whole =
        switch (child) {
          case "MiningSchema", "ModelExplanation", "ModelVerification" -> true;
          default -> false;
        };
    if (embedded ? whole : child.equals("ResultField")) {
      return false;
    }
    switch (child) {
      case "MiningSchema" -> miningSchema = fields.miningSchema();
      case "Output" -> output.addAll(output());
      case "ResultField" -> {
        OutputField field = cursor.part(this::outputField, null);
        if (field != null) {
          output.add(field);
        }
      }
      case "ModelStats", "ModelExplanation" -> cursor.skip();
      case "Targets" -> targets = targets();
      case "LocalTransformations" -> localTransformations = fields.localTransformations();
      case "ModelVerification" -> verification = cursor.part(this::verification, null);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** The frame, when the model is read. */
  ModelFrame frame() {
    if (miningSchema == null && !embedded) {
      throw missing("MiningSchema");
    }
    return new ModelFrame(
        element,
        modelName,
        function,
        algorithmName,
        arithmetic,
        scorable,
        embedded ? List.of() : miningSchema,
        output,
        targets,
        localTransformations,
        verification,
        line);
  }

  /** How the model computes. */
  ModelFrame.Arithmetic arithmetic() {
    return arithmetic;
  }

  /** The model lacks an element. */
  PmmlException missing(String child) {
    return cursor.error(line, element + " has no " + child + "; add it");
  }

  private List<OutputField> output() {
    List<OutputField> found = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("OutputField")) {
        cursor.refuse();
        continue;
      }
      OutputField field = cursor.part(this::outputField, null);
      if (field != null) {
        found.add(field);
      }
    }
    return found;
  }

  private OutputField outputField() {
    int fieldLine = cursor.line();
    String name = cursor.required("name");
    String feature = cursor.optional("feature", "predictedValue");
    if (!Vocabulary.FEATURES.contains(feature) && !feature.startsWith("x-")) {
      throw cursor.bad(
          "feature",
          feature,
          "one of " + String.join(", ", Vocabulary.FEATURES.stream().sorted().toList()));
    }
    String displayName = cursor.optional("displayName");
    OpType opType = cursor.word("optype", Vocabulary.OP_TYPE, null);
    DataType dataType = outputType();
    String targetField = cursor.optional("targetField");
    String value = cursor.optional("value");
    String segmentId = cursor.optional("segmentId");
    boolean finalResult = cursor.truth("isFinalResult", true);
    int rank = cursor.integer("rank", 1);
    String ruleFeature = cursor.optional("ruleFeature");
    String algorithm = cursor.optional("algorithm");
    List<String> attributes = furtherAttributes();
    List<Value> decisions = new ArrayList<>();
    Expression expression = null;
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "Decisions" -> decisions.addAll(decisions());
        case "Value" -> fields.value();
        default -> expression = expressions.only(expression);
      }
    }
    return new OutputField(
        name,
        displayName,
        opType,
        dataType,
        targetField,
        feature,
        value,
        segmentId,
        finalResult,
        rank,
        ruleFeature,
        algorithm,
        expression,
        decisions,
        attributes,
        fieldLine);
  }

  /** The type of an OutputField, which the examples in the specification until 4.0 write so. */
  private DataType outputType() {
    String old = cursor.isAtMost(4, 0) ? cursor.optional("datatype") : null;
    return old == null
        ? cursor.dataType()
        : cursor.dataType("datatype", old.startsWith("xs:") ? old.substring(3) : old);
  }

  private List<String> furtherAttributes() {
    List<String> further = new ArrayList<>();
    for (String attribute : List.of("rankBasis", "rankOrder", "isMultiValued")) {
      String value = cursor.optional(attribute);
      if (value != null) {
        further.add(attribute);
        further.add(value);
      }
    }
    further.addAll(cursor.vendorAttributes());
    return further;
  }

  private List<Value> decisions() {
    cursor.ignore("businessProblem", "description");
    List<Value> decisions = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("Decision")) {
        cursor.refuse();
        continue;
      }
      cursor.ignore("description");
      decisions.add(
          new Value(
              cursor.required("value"), cursor.optional("displayValue"), Value.Property.VALID));
      cursor.end();
    }
    return decisions;
  }

  private List<Target> targets() {
    List<Target> found = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("Target")) {
        cursor.refuse();
        continue;
      }
      Target target = cursor.part(this::target, null);
      if (target != null) {
        found.add(target);
      }
    }
    return found;
  }

  private Target target() {
    int targetLine = cursor.line();
    String field = cursor.optional("field");
    OpType opType = cursor.word("optype", Vocabulary.OP_TYPE, null);
    Target.CastInteger castInteger = cursor.word("castInteger", Vocabulary.CAST_INTEGER, null);
    double min = cursor.number("min", Double.NaN);
    double max = cursor.number("max", Double.NaN);
    double rescaleConstant = cursor.number("rescaleConstant", 0);
    double rescaleFactor = cursor.number("rescaleFactor", 1);
    List<Target.TargetValue> values = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("TargetValue")) {
        cursor.refuse();
        continue;
      }
      values.add(
          new Target.TargetValue(
              cursor.optional("value"),
              FieldReader.displayValue(cursor),
              cursor.number("priorProbability", Double.NaN),
              cursor.number("defaultValue", Double.NaN)));
      while (cursor.nextChild()) {
        if (cursor.name().equals("Partition")) {
          cursor.skip();
        } else {
          cursor.refuse();
        }
      }
    }
    return new Target(
        field, opType, castInteger, min, max, rescaleConstant, rescaleFactor, values, targetLine);
  }

  private Verification verification() {
    int verificationLine = cursor.line();
    int recordCount = cursor.integer("recordCount", -1);
    int fieldCount = cursor.integer("fieldCount", -1);
    List<Verification.Field> found = null;
    InlineTable table = null;
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "VerificationFields" -> found = verificationFields();
        case "InlineTable" -> table = new TableReader(cursor).read();
        default -> cursor.refuse();
      }
    }
    if (found == null || table == null) {
      throw cursor.error(
          verificationLine,
          "ModelVerification has no "
              + (found == null ? "VerificationFields" : "InlineTable")
              + "; add it");
    }
    agree("recordCount", recordCount, table.rows().size(), "rows", verificationLine);
    agree("fieldCount", fieldCount, found.size(), "fields", verificationLine);
    return new Verification(found, table, verificationLine);
  }

  private void agree(String attribute, int declared, int counted, String what, int where) {
    if (declared >= 0 && declared != counted) {
      throw cursor.error(
          where,
          "ModelVerification has "
              + attribute
              + "=\""
              + declared
              + "\" but "
              + counted
              + " "
              + what
              + "; make them agree");
    }
  }

  private List<Verification.Field> verificationFields() {
    List<Verification.Field> found = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("VerificationField")) {
        cursor.refuse();
        continue;
      }
      String field = cursor.required("field");
      found.add(
          new Verification.Field(
              field,
              TableReader.column(cursor.optional("column", field)),
              cursor.number("precision", 1E-6),
              cursor.number("zeroThreshold", 1E-16)));
      cursor.end();
    }
    return found;
  }
}
