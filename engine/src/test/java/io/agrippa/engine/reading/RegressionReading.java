package io.agrippa.engine.reading;

import io.agrippa.engine.kernel.Links;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.RegressionModel.CategoricalPredictor;
import io.agrippa.engine.model.RegressionModel.NumericPredictor;
import io.agrippa.engine.model.RegressionModel.PredictorTerm;
import io.agrippa.engine.model.RegressionModel.RegressionTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Regression: values of tables, and what normalizationMethod makes of them. (The normal
 * distribution function is the kernel's, which has tests of its own.)
 */
final class RegressionReading {
  private final RegressionModel model;
  private final ModelFrame frame;
  private final Scope row;
  private final Arithmetic math;
  private final Category category;

  /**
   * @param frame of the model, or of the tree in one of whose nodes it is
   */
  RegressionReading(RegressionModel model, ModelFrame frame, Scope row) {
    this.model = model;
    this.frame = frame;
    this.row = row;
    math = Arithmetic.of(frame);
    category = Category.of(row);
  }

  Score score() {
    if (frame.function() == ModelFrame.Function.REGRESSION) {
      Double y = values(1).get(0);
      return y == null ? Score.NONE : Score.number(normalised(y));
    }
    boolean ordinal = category.opType() == OpType.ORDINAL;
    int tables = model.tables().size();
    List<Double> all = values(tables);
    if (all.contains(null)) {
      return Score.NONE;
    }
    List<Double> values =
        all.subList(
            0,
            switch (model.normalization()) {
              case SOFTMAX, SIMPLEMAX, EXP -> tables;
              case LOGIT -> ordinal || tables == 2 ? tables - 1 : tables;
              case NONE, PROBIT, CLOGLOG, LOGLOG, CAUCHIT -> tables - 1;
            });
    List<Double> shares =
        switch (model.normalization()) {
          case SOFTMAX -> softmax(values);
          case SIMPLEMAX -> shares(values);
          case EXP -> throw new IllegalArgumentException("exp makes no probabilities");
          case LOGIT ->
              values.size() == tables
                  ? shares(values.stream().map(this::link).toList())
                  : cumulative(values);
          case NONE -> ordinal || tables == 2 ? cumulative(values) : rest(values);
          case PROBIT, CLOGLOG, LOGLOG, CAUCHIT -> cumulative(values);
        };
    if (!shares.stream().allMatch(Double::isFinite)) {
      throw new BadRow("no probabilities: " + shares);
    }
    Map<Object, Double> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < tables; i++) {
      probabilities.put(category.of(model.tables().get(i).targetCategory()), shares.get(i));
    }
    return new Score(Score.best(probabilities), probabilities, null, null);
  }

  /** The values of the first tables, null where missing. They need all fields that they name. */
  private List<Double> values(int count) {
    List<Double> values = new ArrayList<>();
    for (RegressionTable table : model.tables().subList(0, count)) {
      table.numeric().forEach(predictor -> row.field(predictor.field()));
      table.categorical().forEach(predictor -> row.field(predictor.field()));
      table.terms().forEach(term -> term.fields().forEach(row::field));
    }
    for (RegressionTable table : model.tables().subList(0, count)) {
      values.add(value(table));
    }
    return values;
  }

  /** Numeric predictors, categorical ones, terms, the intercept, in this order. */
  private Double value(RegressionTable table) {
    double y = 0;
    for (NumericPredictor predictor : table.numeric()) {
      Object x = row.field(predictor.field()).value();
      if (x == null) {
        return null;
      }
      double power = math.pow(Values.number(x), predictor.exponent());
      y = math.add(y, math.multiply(predictor.coefficient(), power));
    }
    String matched = null;
    for (CategoricalPredictor predictor : table.categorical()) {
      if (predictor.field().equals(matched)) {
        continue; // of a run of one field, the first that matches counts
      }
      matched = null;
      Object x = row.field(predictor.field()).value();
      if (x != null && isCategory(predictor, x)) {
        y = math.add(y, predictor.coefficient());
        matched = predictor.field();
      }
    }
    for (PredictorTerm term : table.terms()) {
      double product = 1;
      for (String field : term.fields()) {
        Object x = row.field(field).value();
        if (x == null) {
          return null;
        }
        product = math.multiply(product, Values.number(x));
      }
      y = math.add(y, math.multiply(term.coefficient(), product));
    }
    return math.add(y, table.intercept());
  }

  /** A missing value is no category. */
  private boolean isCategory(CategoricalPredictor predictor, Object x) {
    return Values.compare(x, Values.literal(predictor.value(), row.field(predictor.field()).type()))
        == 0;
  }

  private double normalised(double y) {
    return switch (model.normalization()) {
      case NONE -> y;
      case SOFTMAX -> logistic(y);
      case EXP -> math.exp(y);
      case LOGIT, PROBIT, CLOGLOG, LOGLOG, CAUCHIT -> link(y);
      case SIMPLEMAX -> throw new IllegalArgumentException("a regression has no simplemax");
    };
  }

  private double logistic(double y) {
    return math.divide(1, math.add(1, math.exp(-y)));
  }

  /** F, the inverse of the link function; without one, the value within 0 and 1. */
  private double link(double y) {
    return switch (model.normalization()) {
      case NONE -> Math.max(0, Math.min(1, y));
      case LOGIT -> logistic(y);
      case PROBIT -> Links.probit(y);
      case CLOGLOG -> math.subtract(1, math.exp(-math.exp(y)));
      case LOGLOG -> math.exp(-math.exp(-y));
      case CAUCHIT -> math.add(0.5, math.divide(StrictMath.atan(y), Math.PI));
      case SOFTMAX, SIMPLEMAX, EXP -> throw new IllegalArgumentException();
    };
  }

  /** Of floats the sum, too, is a float, but made in doubles. */
  private List<Double> softmax(List<Double> values) {
    double max = values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    List<Double> powers = values.stream().map(y -> math.exp(math.subtract(y, max))).toList();
    double sum = math.of(powers.stream().mapToDouble(Double::doubleValue).reduce(0, Double::sum));
    return powers.stream().map(power -> math.divide(power, sum)).toList();
  }

  private List<Double> shares(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum = math.add(sum, value);
    }
    if (sum == 0) {
      throw new BadRow("the values add up to 0");
    }
    double total = sum;
    return values.stream().map(value -> math.divide(value, total)).toList();
  }

  /** Differences of cumulative probabilities, and the rest. */
  private List<Double> cumulative(List<Double> values) {
    List<Double> shares = new ArrayList<>();
    double before = 0;
    for (double value : values) {
      double upTo = link(value);
      shares.add(math.subtract(upTo, before));
      before = upTo;
    }
    shares.add(math.subtract(1, before));
    return shares;
  }

  /** The values as they are, and the rest. */
  private List<Double> rest(List<Double> values) {
    List<Double> shares = new ArrayList<>(values);
    double sum = 0;
    for (double value : values) {
      sum = math.add(sum, value);
    }
    shares.add(math.subtract(1, sum));
    return shares;
  }
}
