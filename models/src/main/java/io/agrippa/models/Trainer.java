package io.agrippa.models;

import java.io.IOException;

/**
 * Trains models and makes them into PMML documents.
 *
 * <p>The same request on the same data gives the same document, byte for byte: on any number of
 * cores, in any Java from 17 on. Needs Smile on the class path. Safe for use by many threads; holds
 * the rows to learn from, and those to measure with, in memory.
 */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains a model.
   *
   * @throws IOException if the data cannot be read
   * @throws TrainingException if the data does not fit what is asked for
   */
  public static TrainedModel train(TrainingRequest request) throws IOException {
    return new Training(request).run();
  }
}
