package io.agrippa.models;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A random forest of classification trees, each weighted by its accuracy on the rows it did not
 * see; for a target of two or more classes.
 *
 * @param trees number of trees, 1 or more
 * @param tries number of inputs tried at each split; 0 for the square root of their number
 * @param maxDepth greatest depth of a tree, 1 or more
 * @param maxLeaves greatest number of leaves of a tree, 2 or more
 * @param minLeafRows least number of training rows in a leaf, 1 or more
 * @param subsample share of the rows that each tree sees; 1 draws as many rows as there are, with
 *     replacement
 */
public record RandomForest(
    int trees, int tries, int maxDepth, int maxLeaves, int minLeafRows, double subsample)
    implements Algorithm, Serializable {
  static final String LABEL = "random-forest";
  static final AlgorithmGuide GUIDE =
      AlgorithmGuide.of(
          new RandomForest(),
          "random forest, for two or more classes",
          Map.of(
              "trees", "number of trees",
              "tries", "inputs tried at each split; 0 for the square root of their number",
              "max-depth", "greatest depth of a tree",
              "max-leaves", "greatest number of leaves of a tree",
              "min-leaf-rows", "least number of training rows in a leaf",
              "subsample", "share of the rows that each tree sees; 1 draws with replacement"));

  public RandomForest {
    OptionReader.require(trees >= 1, LABEL, "trees", trees, "at least 1");
    OptionReader.require(tries >= 0, LABEL, "tries", tries, "at least 0");
    OptionReader.require(maxDepth >= 1, LABEL, "max-depth", maxDepth, "at least 1");
    OptionReader.require(maxLeaves >= 2, LABEL, "max-leaves", maxLeaves, "at least 2");
    OptionReader.require(minLeafRows >= 1, LABEL, "min-leaf-rows", minLeafRows, "at least 1");
    OptionReader.require(
        subsample > 0 && subsample <= 1, LABEL, "subsample", subsample, "above 0 and up to 1");
  }

  /** The defaults. */
  public RandomForest() {
    this(100, 0, 20, 256, 5, 1.0);
  }

  static RandomForest of(OptionReader options) {
    return new RandomForest(
        options.whole("trees"),
        options.whole("tries"),
        options.whole("max-depth"),
        options.whole("max-leaves"),
        options.whole("min-leaf-rows"),
        options.number("subsample"));
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("trees", Integer.toString(trees));
    options.put("tries", Integer.toString(tries));
    options.put("max-depth", Integer.toString(maxDepth));
    options.put("max-leaves", Integer.toString(maxLeaves));
    options.put("min-leaf-rows", Integer.toString(minLeafRows));
    options.put("subsample", Decimal.text(subsample));
    return options;
  }
}
