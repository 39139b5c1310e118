package io.agrippa.engine.model;

/** A model element. */
public sealed interface Model permits TreeModel, RegressionModel, MiningModel {
  /** What all models have. */
  ModelFrame frame();
}
