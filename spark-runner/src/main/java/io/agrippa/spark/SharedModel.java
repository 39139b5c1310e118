package io.agrippa.spark;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.ScoringModel;
import io.agrippa.engine.run.Workbench;
import java.io.Serializable;

/**
 * What executors have in common: the model's document. As the value of a broadcast variable it is
 * made once in each executor's virtual machine, so the model is compiled there once, shared by all
 * tasks, and given up with the variable. Only the bytes travel; where driver and executor are one
 * virtual machine, what the driver compiled is used. Safe for use by many threads.
 */
final class SharedModel implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String place; // null for jobs without a model
  private final byte[] bytes;
  private transient ModelBytes model; // guarded by this
  private transient Workbench workbench; // guarded by this

  private SharedModel(String place, byte[] bytes, ModelBytes model) {
    this.place = place;
    this.bytes = bytes;
    this.model = model;
  }

  static SharedModel of(ModelBytes model) {
    return new SharedModel(model.place(), model.bytes(), model);
  }

  static SharedModel none() {
    return new SharedModel(null, null, null);
  }

  private synchronized ModelBytes model() {
    if (model == null) {
      model = new ModelBytes(place, bytes);
    }
    return model;
  }

  /** Makes the parts of jobs with this model. */
  synchronized Workbench workbench() {
    if (workbench == null) {
      workbench = place == null ? Agrippa.workbench() : model().workbench();
    }
    return workbench;
  }

  /** The model, to score with. */
  ScoringModel scoringModel(LoadOptions options) {
    return model().scoringModel(options);
  }
}
