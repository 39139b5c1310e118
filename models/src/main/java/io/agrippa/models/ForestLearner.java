package io.agrippa.models;

import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import smile.base.cart.DecisionNode;
import smile.base.cart.SplitRule;
import smile.data.DataFrame;
import smile.data.Tuple;

/**
 * Grows random forests with Smile and writes them as the weighted average of their trees.
 *
 * <p>Each leaf gives a class the probability (count + 1) / (rows + classes); a forest's probability
 * is the mean over its trees, weighted by each tree's accuracy on the rows it did not see; the most
 * probable class wins, the first of equal ones. (Smile has a second kind of prediction, by counting
 * the trees' votes, which gives no probabilities; it is not the one exported.)
 */
final class ForestLearner {
  private final RandomForest options;
  private final long seed;
  private final String place;
  private final TrainingTasks tasks;

  /**
   * A learner.
   *
   * @param place the data's name, for messages
   * @param tasks where trees are grown
   */
  ForestLearner(RandomForest options, long seed, String place, TrainingTasks tasks) {
    this.options = options;
    this.seed = seed;
    this.place = place;
    this.tasks = tasks;
  }

  Fitted fit(Samples samples, Labels.Classes classes) {
    if (options.tries() > samples.features().size()) {
      throw new TrainingException(
          "%s: option tries is %d, but there are only %d inputs; lower it"
              .formatted(place, options.tries(), samples.features().size()));
    }
    // Smile ignores seeds below 2.
    long[] seeds = new SplittableRandom(seed).longs(options.trees(), 2, Long.MAX_VALUE).toArray();
    int parts = Math.max(1, Math.min(options.trees(), tasks.count()));
    smile.classification.RandomForest forest =
        tasks
            .run(
                new Growing(SmileFrame.of(samples, classes), options, seeds, parts),
                parts,
                Growing::part)
            .stream()
            .reduce(smile.classification.RandomForest::merge)
            .orElseThrow();
    for (smile.classification.RandomForest.Model tree : forest.models()) {
      if (!(tree.weight > 0)) {
        throw new TrainingException(
            "%s: a tree of the forest is right on none of the rows it did not see (%d rows in all); give more rows or a smaller subsample"
                .formatted(place, samples.rows()));
      }
    }
    int k = classes.levels().size();
    return new Fitted() {
      @Override
      public Model model(PmmlFrame frame) {
        return export(frame, forest, classes.levels());
      }

      @Override
      public Predictor predictor(Samples predicted) {
        IntFunction<Tuple> rows = SmileFrame.rows(predicted);
        return row -> {
          double[] probabilities = new double[k];
          forest.predict(rows.apply(row), probabilities);
          return probabilities;
        };
      }
    };
  }

  /**
   * Rows to grow trees from, each by a seed of its own, so that it does not matter who grows which.
   *
   * @param frame a data frame of Smile's that can be serialized
   * @param parts into how many parts the trees are divided
   */
  private record Growing(DataFrame frame, RandomForest options, long[] seeds, int parts)
      implements Serializable {
    smile.classification.RandomForest part(int index) {
      int from = Math.toIntExact((long) seeds.length * index / parts);
      int to = Math.toIntExact((long) seeds.length * (index + 1) / parts);
      return smile.classification.RandomForest.fit(
          SmileFrame.FORMULA,
          frame,
          to - from,
          options.tries(),
          SplitRule.GINI,
          options.maxDepth(),
          options.maxLeaves(),
          options.minLeafRows(),
          options.subsample(),
          null,
          Arrays.stream(seeds, from, to));
    }
  }

  private static Model export(
      PmmlFrame frame, smile.classification.RandomForest forest, List<String> levels) {
    TreeWriter writer =
        new TreeWriter(
            frame.features(),
            (builder, predicate, leaf) -> {
              DecisionNode decision = (DecisionNode) leaf;
              double[] probabilities = decision.posteriori(new double[levels.size()]);
              int node =
                  builder.open(
                      null, levels.get(decision.output()), leaf.size(), null, predicate, 0);
              for (int k = 0; k < probabilities.length; k++) {
                builder.distribution(
                    levels.get(k), decision.count()[k], probabilities[k], Double.NaN);
              }
              return node;
            });
    List<MiningModel.Segment> segments = new ArrayList<>();
    for (smile.classification.RandomForest.Model tree : forest.models()) {
      segments.add(
          BoostingLearner.segment(
              segments.size() + 1,
              tree.weight,
              writer.model(frame, tree.tree, ModelFrame.Function.CLASSIFICATION)));
    }
    return new MiningModel(
        frame.outer("MiningModel"),
        MiningModel.Method.WEIGHTED_AVERAGE,
        MiningModel.MissingPredictionTreatment.CONTINUE,
        1,
        segments);
  }
}
