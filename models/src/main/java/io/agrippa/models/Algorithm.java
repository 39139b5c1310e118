package io.agrippa.models;

import java.util.Map;

/** How a model is learnt, with its options. Each kind is an immutable record of checked options. */
public sealed interface Algorithm
    permits GradientBoostedTrees, RandomForest, LogisticRegression, LinearRegression {
  /** The name it is asked for by, such as {@code random-forest}. */
  String label();

  /** All options by their names, in order, with their values as text. */
  Map<String, String> options();
}
