package io.agrippa.models;

import java.io.IOException;
import java.util.List;

/**
 * How a model of the zoo is trained.
 *
 * @param name what it is called: {@code model:NAME}
 * @param title what it does, in one line
 * @param dataset name of its dataset
 * @param licence the terms of the data, and so of what was learnt from it
 * @param target see {@link TrainingRequest}
 * @param inputs see {@link TrainingRequest}
 * @param logarithms see {@link TrainingRequest}
 * @param algorithm see {@link TrainingRequest}
 * @param share see {@link TrainingRequest}
 */
record ZooRecipe(
    String name,
    String title,
    String dataset,
    String licence,
    TrainingTarget target,
    List<String> inputs,
    List<String> logarithms,
    Algorithm algorithm,
    double share) {
  private static final long SEED = 1;

  /** All recipes, the headline model first. */
  static final List<ZooRecipe> ALL =
      List.of(
          new ZooRecipe(
              "flights-delay",
              "Whether a flight will be more than 15 minutes late",
              "flights",
              "Apache-2.0, as the project; learnt from a work of the United States Government",
              new TrainingTarget.Above("late", "delay", 15, "late", "on time"),
              List.of("date", "distance", "origin", "destination"),
              List.of(),
              new GradientBoostedTrees(200, 20, 64, 50, 0.2, 0.7),
              // 200,000 of 3,000,000 rows: more gain little, and boosting takes its time.
              1.0 / 15),
          new ZooRecipe(
              "credit-risk",
              "Whether a loan will turn out good or bad",
              "credit-data",
              "Apache-2.0, as the project; learnt from data under the MIT licence",
              new TrainingTarget.Column("Status"),
              List.of(),
              List.of(),
              new RandomForest(100, 0, 20, 128, 5, 1.0),
              0.8),
          new ZooRecipe(
              "loan-status",
              "Whether a loan of the Lending Club is in good standing",
              "lending-club",
              "Apache-2.0, as the project; learnt from data under the MIT licence",
              new TrainingTarget.Column("Class"),
              List.of(),
              List.of(),
              new LogisticRegression(10, 1e-5, 500),
              0.8),
          new ZooRecipe(
              "diamond-price",
              "The price of a diamond in US dollars",
              "diamonds",
              "Apache-2.0, as the project; learnt from data under the MIT licence",
              new TrainingTarget.Column("price"),
              List.of("carat", "cut", "color", "clarity", "depth", "table"),
              List.of("carat"),
              new LinearRegression(LinearRegression.Response.LOG),
              0.8));

  /** The request that trains it. */
  TrainingRequest request() throws IOException {
    return new TrainingRequest(
        name,
        title,
        TrainingData.at("dataset:" + dataset),
        target,
        inputs,
        List.of(),
        logarithms,
        algorithm,
        share,
        SEED);
  }
}
