package io.agrippa.models;

import io.agrippa.engine.model.Model;

/** A model that was learnt: it can be written as PMML, and predicts by itself. */
interface Fitted {
  /**
   * The model element.
   *
   * @param frame what all of its model elements have in common
   */
  Model model(PmmlFrame frame);

  /**
   * The library's own predictions for rows.
   *
   * @return a function of the row: the probabilities of the classes in order, or the predicted
   *     number. Safe for use by many threads
   */
  Predictor predictor(Samples samples);

  /** See {@link #predictor}. */
  @FunctionalInterface
  interface Predictor {
    /** The probabilities of the classes, or the number, of a row: a new array. */
    double[] predict(int row);
  }
}
