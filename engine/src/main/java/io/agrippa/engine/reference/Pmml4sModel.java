package io.agrippa.engine.reference;

import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pmml4s.common.BooleanType$;
import org.pmml4s.common.DataType;
import org.pmml4s.common.DateDaySinceYearType;
import org.pmml4s.common.DateTimeSecondSinceYearType;
import org.pmml4s.common.DateTimeType;
import org.pmml4s.common.DateType;
import org.pmml4s.common.IntegerType$;
import org.pmml4s.common.NumericType;
import org.pmml4s.common.StructField;
import org.pmml4s.common.TimeSecondsType;
import org.pmml4s.common.TimeType;
import org.pmml4s.common.UnresolvedDataType$;
import org.pmml4s.data.Series;
import org.pmml4s.metadata.OutputField;
import org.pmml4s.metadata.ResultFeature$;
import org.pmml4s.model.AssociationModel;
import org.pmml4s.model.Model;

/**
 * PMML4S's own model, for one thread: while it scores, a TransformationDictionary notes in its
 * fields where their values stand, and attributes without a list of values number them as they
 * come.
 */
final class Pmml4sModel {
  private final Model model;
  private final List<Input> inputs = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();

  private Pmml4sModel(Model model) {
    this.model = model;
    for (StructField field : model.usedSchema().fields()) {
      inputs.add(new Input(field.name(), kind(field.dataType())));
    }
    OutputField[] listed = model.outputFields();
    Set<String> names = new HashSet<>();
    for (OutputField field : listed) {
      names.add(field.name());
    }
    boolean ownOutput = model.output().isDefined();
    if (ownOutput && model.targetNames().length > 0) {
      model.setSupplementOutput(true);
      for (OutputField field : model.outputFields()) {
        if (!names.contains(field.name()) && isPrediction(field) && names.add(target(model))) {
          results.add(result(target(model), field, Result.Origin.BESIDE));
        }
      }
    }
    for (OutputField field : listed) {
      String name = !ownOutput && isPrediction(field) ? target(model) : field.name();
      results.add(result(name, field, Result.Origin.LISTED));
    }
  }

  /**
   * Loads the first model of a document.
   *
   * @throws ReferenceException if PMML4S does not read it
   */
  static Pmml4sModel load(byte[] document) {
    Model model = Loading.load(document);
    if (model instanceof AssociationModel) {
      throw new ReferenceException(
          "PMML4S keeps what an AssociationModel saw of earlier rows, so that results would depend on who scored them; score it elsewhere",
          null);
    }
    try {
      return new Pmml4sModel(model);
    } catch (RuntimeException e) {
      throw Loading.failure(e); // it finds out only now what it has read
    }
  }

  Optional<String> name() {
    return Optional.ofNullable(model.modelName().isDefined() ? model.modelName().get() : null);
  }

  List<Input> inputs() {
    return List.copyOf(inputs);
  }

  List<Result> results() {
    return List.copyOf(results);
  }

  /**
   * Scores one row.
   *
   * @param values one for each input, null where missing
   */
  Series predict(Object[] values) {
    return model.predict(Series.fromArray(values));
  }

  private static Input.Kind kind(DataType type) {
    if (type instanceof IntegerType$) {
      return Input.Kind.INTEGER;
    }
    if (type instanceof DateType && !(type instanceof DateDaySinceYearType)) {
      return Input.Kind.DATE;
    }
    if (type instanceof DateTimeType && !(type instanceof DateTimeSecondSinceYearType)) {
      return Input.Kind.DATE_TIME;
    }
    if (type instanceof TimeType && !(type instanceof TimeSecondsType)) {
      return Input.Kind.TIME;
    }
    if (type instanceof NumericType) {
      return Input.Kind.NUMBER;
    }
    return type instanceof BooleanType$ ? Input.Kind.BOOLEAN : Input.Kind.TEXT;
  }

  private static boolean isPrediction(OutputField field) {
    return field.feature().equals(ResultFeature$.MODULE$.predictedValue());
  }

  private static String target(Model model) {
    String[] targets = model.targetNames();
    return targets.length == 0 || targets[0].isEmpty() ? "_target" : targets[0];
  }

  private static Result result(String name, OutputField field, Result.Origin origin) {
    return new Result(name, type(field), field.name(), origin);
  }

  /**
   * Whole numbers are doubles unless they are categories: PMML4S may give a fraction for them,
   * which is to be seen.
   */
  private static Type.Scalar type(OutputField field) {
    DataType type = field.dataType();
    if (type instanceof BooleanType$) {
      return Type.Scalar.BOOLEAN;
    }
    if (type instanceof IntegerType$ && field.isCategorical()) {
      return Type.Scalar.LONG;
    }
    if (type instanceof DateType || type instanceof DateTimeType || type instanceof TimeType) {
      return Type.Scalar.STRING;
    }
    boolean share = field.feature().equals(ResultFeature$.MODULE$.probability());
    return type instanceof NumericType || (type instanceof UnresolvedDataType$ && share)
        ? Type.Scalar.DOUBLE
        : Type.Scalar.STRING;
  }
}
