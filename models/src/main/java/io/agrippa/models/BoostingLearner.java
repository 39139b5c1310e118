package io.agrippa.models;

import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.RegressionModel.NumericPredictor;
import io.agrippa.engine.model.RegressionModel.RegressionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import smile.base.cart.CART;
import smile.base.cart.Loss;
import smile.base.cart.RegressionNode;
import smile.classification.GradientTreeBoost;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.math.MathEx;

/**
 * Boosts trees with Smile and writes them as a chain: the sum of the trees, then an equation.
 *
 * <p>Smile's score of a row is F = start + Σ shrinkage · tree. For two classes it takes 1 / (1 +
 * exp(2F)) as the probability of the first class and the rest as that of the second; of equal
 * probabilities the first class wins. PMML's logit with the first class's equation −2F is the same.
 */
final class BoostingLearner {
  private static final String SUM = "sum of trees";

  private final GradientBoostedTrees options;
  private final long seed;

  BoostingLearner(GradientBoostedTrees options, long seed) {
    this.options = options;
    this.seed = seed;
  }

  Fitted fit(Samples samples, Labels labels) {
    DataFrame frame = SmileFrame.of(samples, labels);
    MathEx.setSeed(seed);
    return labels instanceof Labels.Classes classes ? classes(frame, classes) : amounts(frame);
  }

  private Fitted classes(DataFrame rows, Labels.Classes classes) {
    GradientTreeBoost boost =
        GradientTreeBoost.fit(
            SmileFrame.FORMULA,
            rows,
            options.trees(),
            options.maxDepth(),
            options.maxLeaves(),
            options.minLeafRows(),
            options.shrinkage(),
            options.subsample());
    return new Fitted() {
      @Override
      public Model model(PmmlFrame frame) {
        double start = SmileFields.start(boost);
        RegressionTable first = table(classes.levels().get(0), -2 * start, -2);
        RegressionTable second =
            new RegressionTable(0, classes.levels().get(1), List.of(), List.of(), List.of(), 0);
        return chain(
            frame, boost.trees(), RegressionModel.Normalization.LOGIT, List.of(first, second));
      }

      @Override
      public Predictor predictor(Samples samples) {
        IntFunction<Tuple> predicted = SmileFrame.rows(samples);
        return row -> {
          double[] probabilities = new double[2];
          boost.predict(predicted.apply(row), probabilities);
          return probabilities;
        };
      }
    };
  }

  private Fitted amounts(DataFrame rows) {
    smile.regression.GradientTreeBoost boost =
        smile.regression.GradientTreeBoost.fit(
            SmileFrame.FORMULA,
            rows,
            Loss.ls(),
            options.trees(),
            options.maxDepth(),
            options.maxLeaves(),
            options.minLeafRows(),
            options.shrinkage(),
            options.subsample());
    return new Fitted() {
      @Override
      public Model model(PmmlFrame frame) {
        RegressionTable table = table(null, SmileFields.start(boost), 1);
        return chain(frame, boost.trees(), RegressionModel.Normalization.NONE, List.of(table));
      }

      @Override
      public Predictor predictor(Samples samples) {
        IntFunction<Tuple> predicted = SmileFrame.rows(samples);
        return row -> new double[] {boost.predict(predicted.apply(row))};
      }
    };
  }

  private static RegressionTable table(String category, double intercept, double factor) {
    return new RegressionTable(
        intercept,
        category,
        List.of(new NumericPredictor(SUM, 1, factor, 0)),
        List.of(),
        List.of(),
        0);
  }

  private Model chain(
      PmmlFrame frame,
      CART[] trees,
      RegressionModel.Normalization normalization,
      List<RegressionTable> equations) {
    TreeWriter writer =
        new TreeWriter(
            frame.features(),
            (builder, predicate, leaf) -> {
              double output = ((RegressionNode) leaf).output();
              return builder.open(
                  null, Decimal.text(options.shrinkage() * output), Double.NaN, null, predicate, 0);
            });
    List<MiningModel.Segment> summands = new ArrayList<>();
    for (CART tree : trees) {
      summands.add(
          segment(
              summands.size() + 1, 1, writer.model(frame, tree, ModelFrame.Function.REGRESSION)));
    }
    Model sum =
        new MiningModel(
            frame.named("MiningModel", SUM),
            MiningModel.Method.SUM,
            MiningModel.MissingPredictionTreatment.CONTINUE,
            1,
            summands);
    Model equation =
        new RegressionModel(frame.last("RegressionModel", SUM), normalization, equations);
    return new MiningModel(
        frame.outer("MiningModel"),
        MiningModel.Method.MODEL_CHAIN,
        MiningModel.MissingPredictionTreatment.CONTINUE,
        1,
        List.of(segment(1, 1, sum), segment(2, 1, equation)));
  }

  /** A segment for all rows. */
  static MiningModel.Segment segment(int id, double weight, Model model) {
    return new MiningModel.Segment(
        Integer.toString(id), new Predicate.True(), weight, null, model, 0);
  }
}
