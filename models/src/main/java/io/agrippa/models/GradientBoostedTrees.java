package io.agrippa.models;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gradient-boosted regression trees: for a target of two classes (logistic loss) or a number (least
 * squares).
 *
 * @param trees number of trees, 1 or more
 * @param maxDepth greatest depth of a tree, 1 or more
 * @param maxLeaves greatest number of leaves of a tree, 2 or more; up to 64 score fastest
 * @param minLeafRows least number of training rows in a leaf, 1 or more
 * @param shrinkage factor on each tree's contribution, above 0 and up to 1
 * @param subsample share of the rows that each tree sees, above 0 and up to 1
 */
public record GradientBoostedTrees(
    int trees, int maxDepth, int maxLeaves, int minLeafRows, double shrinkage, double subsample)
    implements Algorithm {
  static final String LABEL = "gradient-boosted-trees";
  static final AlgorithmGuide GUIDE =
      AlgorithmGuide.of(
          new GradientBoostedTrees(),
          "gradient-boosted trees, for two classes or a number",
          Map.of(
              "trees", "number of trees",
              "max-depth", "greatest depth of a tree",
              "max-leaves", "greatest number of leaves of a tree (up to 64 score fastest)",
              "min-leaf-rows", "least number of training rows in a leaf",
              "shrinkage", "factor on each tree's contribution, above 0 and up to 1",
              "subsample", "share of the rows that each tree sees, above 0 and up to 1"));

  public GradientBoostedTrees {
    OptionReader.require(trees >= 1, LABEL, "trees", trees, "at least 1");
    OptionReader.require(maxDepth >= 1, LABEL, "max-depth", maxDepth, "at least 1");
    OptionReader.require(maxLeaves >= 2, LABEL, "max-leaves", maxLeaves, "at least 2");
    OptionReader.require(minLeafRows >= 1, LABEL, "min-leaf-rows", minLeafRows, "at least 1");
    OptionReader.require(
        shrinkage > 0 && shrinkage <= 1, LABEL, "shrinkage", shrinkage, "above 0 and up to 1");
    OptionReader.require(
        subsample > 0 && subsample <= 1, LABEL, "subsample", subsample, "above 0 and up to 1");
  }

  /** The defaults. */
  public GradientBoostedTrees() {
    this(200, 20, 32, 20, 0.1, 0.7);
  }

  static GradientBoostedTrees of(OptionReader options) {
    return new GradientBoostedTrees(
        options.whole("trees"),
        options.whole("max-depth"),
        options.whole("max-leaves"),
        options.whole("min-leaf-rows"),
        options.number("shrinkage"),
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
    options.put("max-depth", Integer.toString(maxDepth));
    options.put("max-leaves", Integer.toString(maxLeaves));
    options.put("min-leaf-rows", Integer.toString(minLeafRows));
    options.put("shrinkage", Decimal.text(shrinkage));
    options.put("subsample", Decimal.text(subsample));
    return options;
  }
}
