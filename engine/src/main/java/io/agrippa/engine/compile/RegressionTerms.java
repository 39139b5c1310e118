package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.kernel.Linear;
import io.agrippa.engine.model.RegressionModel.CategoricalPredictor;
import io.agrippa.engine.model.RegressionModel.NumericPredictor;
import io.agrippa.engine.model.RegressionModel.PredictorTerm;
import io.agrippa.engine.model.RegressionModel.RegressionTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A RegressionTable: numeric predictors, then categorical ones, then terms, each in document order,
 * the intercept last. Computed column by column; each row is accumulated in that order. Immutable.
 */
final class RegressionTerms {
  private final List<Step> steps = new ArrayList<>();
  private final int[] needed; // features without which the table has no value
  private final int[] all;
  private final double intercept;
  private final boolean single;

  RegressionTerms(RegressionTable table, boolean single, Scope scope, Features features) {
    this.single = single;
    intercept = Rounding.round(table.intercept(), single);
    Tests tests = new Tests(scope, features);
    SortedSet<Integer> numeric = new TreeSet<>();
    numericSteps(table, tests, scope, numeric);
    categoricalSteps(table, tests, scope, features);
    for (PredictorTerm term : table.terms()) {
      scope.part("element PredictorTerm", () -> product(term, tests, scope, numeric));
    }
    needed = numeric.stream().mapToInt(Integer::intValue).toArray();
    all = tests.used();
  }

  private void product(PredictorTerm term, Tests tests, Scope scope, SortedSet<Integer> numeric) {
    int[] factors = new int[term.fields().size()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = number(term.fields().get(i), term.line(), tests, scope);
      numeric.add(factors[i]);
    }
    steps.add(new Product(factors, Rounding.round(term.coefficient(), single), single));
  }

  private void numericSteps(
      RegressionTable table, Tests tests, Scope scope, SortedSet<Integer> numeric) {
    List<Integer> run = new ArrayList<>();
    List<Double> coefficients = new ArrayList<>();
    for (NumericPredictor predictor : table.numeric()) {
      scope.part(
          "element NumericPredictor",
          () -> {
            int feature = number(predictor.field(), predictor.line(), tests, scope);
            numeric.add(feature);
            double coefficient = Rounding.round(predictor.coefficient(), single);
            if (predictor.exponent() == 1) {
              run.add(feature);
              coefficients.add(coefficient);
            } else {
              endRun(run, coefficients);
              steps.add(new Power(feature, predictor.exponent(), coefficient, single));
            }
          });
    }
    endRun(run, coefficients);
  }

  private void endRun(List<Integer> run, List<Double> coefficients) {
    if (!run.isEmpty()) {
      steps.add(
          new Sum(
              run.stream().mapToInt(Integer::intValue).toArray(),
              coefficients.stream().mapToDouble(Double::doubleValue).toArray(),
              single));
      run.clear();
      coefficients.clear();
    }
  }

  /**
   * One step for each run of predictors of the same field, of which the first that matches counts.
   */
  private void categoricalSteps(
      RegressionTable table, Tests tests, Scope scope, Features features) {
    List<CategoricalPredictor> predictors = table.categorical();
    int from = 0;
    while (from < predictors.size()) {
      CategoricalPredictor first = predictors.get(from);
      int to = from + 1;
      while (to < predictors.size() && predictors.get(to).field().equals(first.field())) {
        to++;
      }
      List<CategoricalPredictor> run = predictors.subList(from, to);
      scope.part(
          "element CategoricalPredictor",
          () -> {
            int feature = tests.feature(first.field(), first.line());
            steps.add(
                tests.type(feature).isText()
                    ? texts(feature, run, features)
                    : numbers(feature, run, tests));
          });
      from = to;
    }
  }

  private Step texts(int feature, List<CategoricalPredictor> run, Features features) {
    double[] byClass = new double[features.classCount(feature) + run.size()];
    boolean[] given = new boolean[byClass.length];
    for (CategoricalPredictor predictor : run) {
      int textClass = features.mention(feature, predictor.value());
      if (!given[textClass]) {
        given[textClass] = true;
        byClass[textClass] = Rounding.round(predictor.coefficient(), single);
      }
    }
    return new TextTable(feature, byClass, single);
  }

  private Step numbers(int feature, List<CategoricalPredictor> run, Tests tests) {
    double[] values = new double[run.size()];
    double[] coefficients = new double[run.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = tests.number(run.get(i).value(), feature, run.get(i).line());
      coefficients[i] = Rounding.round(run.get(i).coefficient(), single);
    }
    return new NumberTable(feature, values, coefficients, single);
  }

  private static int number(String field, int line, Tests tests, Scope scope) {
    int feature = tests.feature(field, line);
    if (tests.type(feature).isText()) {
      throw scope.error(
          line, "field \"" + field + "\" is a string; a NumericPredictor or term needs a number");
    }
    return feature;
  }

  /** Whether it is a constant. */
  boolean isTrivial() {
    return steps.isEmpty();
  }

  double intercept() {
    return intercept;
  }

  /** A worker's evaluator. */
  Evaluator evaluator() {
    return new Evaluator();
  }

  /** Computes the table's value for runs of rows. */
  final class Evaluator {
    private final List<StepRunner> runners = steps.stream().map(Step::runner).toList();
    private FeatureReader in;

    /** Fetches the block's values. */
    void load(Frame frame, FeatureReader reader) {
      in = reader;
      in.load(frame, all);
    }

    /** Sets {@code values} for {@code from ≤ r < to}; undefined where the table has no value. */
    void compute(double[] values, int from, int to) {
      Arrays.fill(values, from, to, 0);
      for (StepRunner runner : runners) {
        runner.add(in, values, from, to);
      }
      for (int r = from; r < to; r++) {
        values[r] = values[r] + intercept;
      }
      if (single) {
        for (int r = from; r < to; r++) {
          values[r] = (float) values[r];
        }
      }
    }

    /** Adds the bits of the rows for which the table has no value. */
    void addMissing(long[] missing, long[] errors, int words) {
      for (int feature : needed) {
        Masks.or(missing, in.missing[feature], words);
      }
      for (int feature : all) {
        Masks.or(errors, in.errors[feature], words);
      }
    }
  }

  /**
   * The terms for one row of the block that the reader has loaded.
   *
   * @param value what an evaluator computed; empty where the table has none
   * @throws IllegalStateException if the terms do not add up to it
   */
  Trace.Table trace(
      Optional<String> category,
      FeatureReader in,
      Features features,
      int row,
      Optional<Double> value) {
    TermTrace terms = new TermTrace(in, features, row, single);
    steps.forEach(step -> step.trace(terms));
    double sum = Rounding.add(terms.sum(), intercept, single);
    if (value.isPresent() && Double.compare(sum, value.get()) != 0) {
      throw new IllegalStateException(
          "the terms of a RegressionTable add up to %s, but it was computed as %s"
              .formatted(sum, value.get()));
    }
    return new Trace.Table(category, terms.terms(), intercept, value);
  }

  /** A part of the sum. */
  private sealed interface Step {
    StepRunner runner();

    /** Adds its terms for one row. */
    void trace(TermTrace out);
  }

  /** Adds a part of the sum for a worker. */
  private interface StepRunner {
    void add(FeatureReader in, double[] sums, int from, int to);
  }

  /** Coefficients times fields. */
  private record Sum(int[] run, double[] coefficients, boolean single) implements Step {
    @Override
    public void trace(TermTrace out) {
      for (int i = 0; i < run.length; i++) {
        double x = out.number(run[i]);
        double part = Rounding.multiply(coefficients[i], x, single);
        out.add(out.name(run[i]), new int[] {run[i]}, coefficients[i], part);
      }
    }

    @Override
    public StepRunner runner() {
      double[][] columns = new double[run.length][];
      return (in, sums, from, to) -> {
        for (int i = 0; i < run.length; i++) {
          columns[i] = in.numbers[run[i]];
          if (single) {
            Linear.addSingle(sums, columns[i], coefficients[i], from, to);
          }
        }
        if (!single) {
          Linear.add(sums, columns, coefficients, run.length, from, to);
        }
      };
    }
  }

  /** Coefficient times a power of a field. */
  private record Power(int feature, int exponent, double coefficient, boolean single)
      implements Step {
    @Override
    public void trace(TermTrace out) {
      double base = out.number(feature);
      double power =
          Rounding.round(exponent == 2 ? base * base : StrictMath.pow(base, exponent), single);
      out.add(
          out.name(feature) + "^" + exponent,
          new int[] {feature},
          coefficient,
          Rounding.multiply(coefficient, power, single));
    }

    @Override
    public StepRunner runner() {
      return (in, sums, from, to) -> {
        double[] x = in.numbers[feature];
        for (int r = from; r < to; r++) {
          double base = Rounding.round(x[r], single);
          // x·x is what pow gives, without its time
          double power =
              Rounding.round(exponent == 2 ? base * base : StrictMath.pow(base, exponent), single);
          sums[r] = Rounding.add(sums[r], Rounding.multiply(coefficient, power, single), single);
        }
      };
    }
  }

  /** Coefficient times a product of fields. */
  private record Product(int[] factors, double coefficient, boolean single) implements Step {
    @Override
    public void trace(TermTrace out) {
      double product = 1;
      List<String> names = new ArrayList<>();
      for (int factor : factors) {
        product = Rounding.multiply(product, out.number(factor), single);
        names.add(out.name(factor));
      }
      out.add(
          String.join(" · ", names),
          factors,
          coefficient,
          Rounding.multiply(coefficient, product, single));
    }

    @Override
    public StepRunner runner() {
      return (in, sums, from, to) -> {
        for (int r = from; r < to; r++) {
          double product = 1;
          for (int factor : factors) {
            double x = Rounding.round(in.numbers[factor][r], single);
            product = Rounding.multiply(product, x, single);
          }
          sums[r] = Rounding.add(sums[r], Rounding.multiply(coefficient, product, single), single);
        }
      };
    }
  }

  /** A number for each category of a text field. */
  private record TextTable(int feature, double[] byClass, boolean single) implements Step {
    @Override
    public void trace(TermTrace out) {
      int textClass = out.textClass(feature);
      double part = textClass >= 0 && textClass < byClass.length ? byClass[textClass] : 0;
      out.add(out.name(feature), new int[] {feature}, part, part);
    }

    @Override
    public StepRunner runner() {
      return new Coded();
    }

    /** Keeps the numbers by code for as long as the dictionary, or a longer one, comes along. */
    private final class Coded implements StepRunner {
      private Dictionary known = Dictionary.EMPTY;
      private double[] byCode = new double[1];

      @Override
      public void add(FeatureReader in, double[] sums, int from, int to) {
        Dictionary dictionary = in.dictionaries[feature];
        if (dictionary != known) {
          translate(dictionary, in.classes[feature]);
        }
        if (single) {
          Linear.addCodedSingle(sums, in.codes[feature], byCode, from, to);
        } else {
          Linear.addCoded(sums, in.codes[feature], byCode, from, to);
        }
      }

      private void translate(Dictionary dictionary, int[] classes) {
        int done = dictionary.extendsFrom(known) ? known.size() : 0;
        if (byCode.length <= dictionary.size()) {
          byCode = Arrays.copyOf(byCode, Math.max(dictionary.size() + 1, done * 2));
        }
        for (int code = done; code < dictionary.size(); code++) {
          int textClass = classes[code];
          byCode[code + 1] = textClass < byClass.length ? byClass[textClass] : 0;
        }
        known = dictionary;
      }
    }
  }

  /** A number for some values of a number field. */
  private record NumberTable(int feature, double[] values, double[] coefficients, boolean single)
      implements Step {
    @Override
    public void trace(TermTrace out) {
      double part = 0;
      for (int i = values.length - 1; i >= 0 && !out.isMissing(feature); i--) {
        part = out.raw(feature) == values[i] ? coefficients[i] : part;
      }
      out.add(out.name(feature), new int[] {feature}, part, part);
    }

    @Override
    public StepRunner runner() {
      return (in, sums, from, to) -> {
        double[] x = in.numbers[feature];
        long[] missing = in.missing[feature];
        for (int r = from; r < to; r++) {
          if (!Bits.get(missing, r)) {
            for (int i = 0; i < values.length; i++) {
              if (x[r] == values[i]) {
                sums[r] = Rounding.add(sums[r], coefficients[i], single);
                break;
              }
            }
          }
        }
      };
    }
  }
}
