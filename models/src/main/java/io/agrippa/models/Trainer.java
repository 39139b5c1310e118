package io.agrippa.models;

import java.io.IOException;

/**
 * Trains models and makes them into PMML documents.
 *
 * <p>The same request on the same data gives the same document, byte for byte: on any number of
 * cores, in any Java from 17 on. (On another kind of processor the last digits may differ, where
 * Java computes exponentials by the processor's own means.) Holds the rows to learn from in memory.
 * Needs Smile and Commons Math on the class path. Safe for use by many threads.
 */
public final class Trainer {
  private Trainer() {}

  /**
   * Trains a model and measures it.
   *
   * @throws IOException if the data cannot be read
   * @throws TrainingException if the data does not fit what is asked for, or Smile is absent
   */
  public static TrainedModel train(TrainingRequest request) throws IOException {
    return train(request, TrainingTasks.THREADS);
  }

  /**
   * Trains a model and measures it; what can be divided is done where the tasks are. The document
   * does not depend on where that is.
   *
   * @throws IOException if the data cannot be read
   * @throws TrainingException if the data does not fit what is asked for, or Smile is absent
   */
  public static TrainedModel train(TrainingRequest request, TrainingTasks tasks)
      throws IOException {
    requireSmile();
    return new Training(request, tasks).run();
  }

  private static void requireSmile() {
    try {
      Class.forName("smile.math.MathEx", false, Trainer.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new TrainingException(
          "training needs Smile 3.1.1, which is not on the class path; add"
              + " com.github.haifengl:smile-core (GPL-3) and org.apache.commons:commons-math3",
          e);
    }
  }
}
