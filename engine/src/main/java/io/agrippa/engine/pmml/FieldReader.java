package io.agrippa.engine.pmml;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.DefineFunction;
import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Reads the data dictionary, mining schemas and transformations. */
final class FieldReader {
  private final Cursor cursor;
  private final ExpressionReader expressions;

  FieldReader(Cursor cursor, ExpressionReader expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  /**
   * The fields of the DataDictionary at whose start the cursor stands; taxonomies are passed over.
   */
  List<DataField> dataDictionary() {
    cursor.ignore("numberOfFields");
    List<DataField> fields = new ArrayList<>();
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "DataField" -> add(cursor.part(this::dataField, null), fields);
        case "Taxonomy" -> cursor.skip();
        default -> cursor.refuse();
      }
    }
    return fields;
  }

  /** Adds a part to those before, unless a survey found it unreadable. */
  private static <T> void add(T part, List<T> parts) {
    if (part != null) {
      parts.add(part);
    }
  }

  private DataField dataField() {
    int line = cursor.line();
    String name = cursor.required("name");
    String displayName = cursor.optional("displayName");
    OpType opType = cursor.requiredWord("optype", Vocabulary.OP_TYPE);
    DataType dataType = dataType(opType);
    boolean cyclic = cursor.truth("isCyclic", false);
    cursor.ignore("taxonomy");
    List<Interval> intervals = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "Interval" -> intervals.add(ExpressionReader.interval(cursor));
        case "Value" -> values.add(value());
        default -> cursor.refuse();
      }
    }
    return new DataField(name, displayName, opType, dataType, cyclic, intervals, values, line);
  }

  /** The type of a DataField, which it need not have until 3.2. */
  private DataType dataType(OpType opType) {
    DataType given = cursor.isAtMost(3, 2) ? cursor.dataType() : cursor.requiredDataType();
    if (given != null) {
      return given;
    }
    return opType == OpType.CONTINUOUS ? DataType.DOUBLE : DataType.STRING;
  }

  /** The Value at whose start the cursor stands. */
  Value value() {
    Value value =
        new Value(
            cursor.required("value"),
            displayValue(cursor),
            cursor.word("property", Vocabulary.PROPERTY, Value.Property.VALID));
    cursor.end();
    return value;
  }

  /** The attribute {@code displayValue}, which was {@code rawDataValue} until 3.1. */
  static String displayValue(Cursor cursor) {
    String old = cursor.isAtMost(3, 1) ? cursor.optional("rawDataValue") : null;
    return cursor.optional("displayValue", old);
  }

  /** The TransformationDictionary at whose start the cursor stands. */
  void transformationDictionary(List<DefineFunction> functions, List<DerivedField> fields) {
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "DefineFunction" -> add(cursor.part(this::defineFunction, null), functions);
        case "DerivedField" -> add(cursor.part(this::derivedField, null), fields);
        default -> cursor.refuse();
      }
    }
  }

  /** The fields of the LocalTransformations at whose start the cursor stands. */
  List<DerivedField> localTransformations() {
    List<DerivedField> fields = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("DerivedField")) {
        cursor.refuse();
        continue;
      }
      add(cursor.part(this::derivedField, null), fields);
    }
    return fields;
  }

  private DerivedField derivedField() {
    int line = cursor.line();
    String name = cursor.required("name");
    String displayName = cursor.optional("displayName");
    OpType opType = cursor.requiredWord("optype", Vocabulary.OP_TYPE);
    DataType dataType = cursor.requiredDataType();
    List<Interval> intervals = new ArrayList<>();
    List<Value> values = new ArrayList<>();
    Expression expression = null;
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "Interval" -> intervals.add(ExpressionReader.interval(cursor));
        case "Value" -> values.add(value());
        default -> expression = expressions.only(expression);
      }
    }
    if (expression == null) {
      throw cursor.error(line, "DerivedField \"" + name + "\" has no expression; add it");
    }
    return new DerivedField(
        name, displayName, opType, dataType, intervals, values, expression, line);
  }

  private DefineFunction defineFunction() {
    int line = cursor.line();
    String name = cursor.required("name");
    OpType opType = cursor.word("optype", Vocabulary.OP_TYPE, null);
    DataType dataType = cursor.dataType();
    List<DefineFunction.Parameter> parameters = new ArrayList<>();
    List<DerivedField> locals = new ArrayList<>();
    Expression expression = null;
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "ParameterField" -> {
          cursor.ignore("displayName");
          parameters.add(
              new DefineFunction.Parameter(
                  cursor.required("name"),
                  cursor.word("optype", Vocabulary.OP_TYPE, null),
                  cursor.dataType()));
          cursor.end();
        }
        case "DerivedField" -> locals.add(derivedField());
        default -> expression = expressions.only(expression);
      }
    }
    if (expression == null) {
      throw cursor.error(line, "DefineFunction \"" + name + "\" has no expression; add it");
    }
    return new DefineFunction(name, opType, dataType, parameters, locals, expression, line);
  }

  /** The fields of the MiningSchema at whose start the cursor stands. */
  List<MiningField> miningSchema() {
    List<MiningField> fields = new ArrayList<>();
    while (cursor.nextChild()) {
      if (!cursor.name().equals("MiningField")) {
        cursor.refuse();
        continue;
      }
      add(cursor.part(this::miningField, null), fields);
    }
    return fields;
  }

  private MiningField miningField() {
    MiningField field =
        new MiningField(
            cursor.required("name"),
            cursor.word("usageType", Vocabulary.USAGE_TYPE, MiningField.UsageType.ACTIVE),
            cursor.word("optype", Vocabulary.OP_TYPE, null),
            cursor.number("importance", Double.NaN),
            cursor.word("outliers", Vocabulary.OUTLIERS, MiningField.OutlierTreatment.AS_IS),
            cursor.number("lowValue", Double.NaN),
            cursor.number("highValue", Double.NaN),
            cursor.optional("missingValueReplacement"),
            cursor.word("missingValueTreatment", Vocabulary.MISSING_VALUES, null),
            cursor.word(
                "invalidValueTreatment",
                Vocabulary.INVALID_VALUES,
                MiningField.InvalidValueTreatment.RETURN_INVALID),
            cursor.optional(
                "invalidValueReplacement", cursor.optional("x-invalidValueReplacement")),
            cursor.line());
    cursor.end();
    return field;
  }
}
