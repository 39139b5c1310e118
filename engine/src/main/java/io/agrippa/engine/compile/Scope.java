package io.agrippa.engine.compile;

import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelException;
import java.util.List;
import java.util.function.Supplier;

/** Where names of fields are resolved while compiling: what one model element sees. */
interface Scope {
  /**
   * The field of this name: a field of the MiningSchema (with its treatment), a derived field, or
   * an output of an earlier segment.
   *
   * @param line of the element that names it
   * @throws ModelException if there is none that this model sees
   */
  FieldHandle field(String name, int line);

  /** An error about the document, with its place. */
  ModelException error(int line, String message);

  /**
   * Compiles a part. What is wrong with it ends the compilation; where the document is surveyed, it
   * is noted, and {@code instead} gives what stands in for the part.
   *
   * @param subject the element, for whom it concerns
   */
  default <T> T part(String subject, Supplier<T> compiling, Supplier<T> instead) {
    return compiling.get();
  }

  /** Whether the document is surveyed. What recurs asks, because parts take room on the stack. */
  default boolean isSurvey() {
    return false;
  }

  /** As {@link #part(String, Supplier, Supplier)}, for a part that gives nothing. */
  default void part(String subject, Runnable compiling) {
    part(
        subject,
        () -> {
          compiling.run();
          return true;
        },
        () -> false);
  }

  /** Notes in a survey that a nested model's results are not known. */
  default void lose(Model model) {}

  /**
   * What this scope's model predicts. A classifier without a target field takes over the target of
   * the nearest enclosing classifier that has one, so that its labels get one canonical text.
   */
  TargetField target();

  /** The algorithmName of the nearest model that has one, from this scope's outwards, or null. */
  String algorithm();

  /**
   * The scope of a model nested in this scope's model. One that is embedded sees all that this
   * scope's model sees.
   */
  Scope nested(Model model);

  /**
   * The scope of a model embedded in this scope's model that predicts what this scope's model
   * predicts.
   */
  Scope within(Model model);

  /** Whether a field of this name is known here other than as an output of an earlier segment. */
  boolean declares(String name);

  /**
   * The plan of this scope's model with its Targets applied to the predictions (defaults for
   * missing ones too); the same plan where there is nothing to do.
   */
  ModelPlan withTargets(ModelPlan plan);

  /**
   * Compiles the Output of this scope's model for use inside an enclosing one (modelChain,
   * selection).
   *
   * @param plan the plan of this scope's model, with targets
   */
  Exports exports(ModelPlan plan);

  /** Makes fields that {@link #exports} of nested models handed out visible here, from now on. */
  void publish(List<FieldHandle> fields);

  /**
   * A new slot of the {@link Frame} that the model's scorer sets itself, for results merged out of
   * several segments.
   */
  FieldHandle slot(String name, FieldType type);

  /**
   * What a model predicts.
   *
   * @param name null for a model without target field
   * @param type double (float for float arithmetic) or categorical string where nothing is declared
   * @param values the valid categories that the DataField lists, in canonical text and in order;
   *     empty where it lists none
   */
  record TargetField(String name, FieldType type, List<String> values) {
    public TargetField {
      values = List.copyOf(values);
    }
  }

  /** The results of a nested model as fields. Immutable. */
  interface Exports {
    /** The Output fields in document order; slots of the enclosing frame. */
    List<FieldHandle> outputs();

    /** The predicted value, named after the target field (null if there is none). */
    FieldHandle predicted();

    /** A publisher with scratch space of its own, for one worker. */
    Publisher publisher();
  }

  /** Sets the slots of an {@link Exports} for one worker. */
  interface Publisher {
    /**
     * Sets (or arranges to compute on demand) the slots for the current block.
     *
     * @param scorer which made the prediction
     * @param ran rows for which the model ran; null for all. The fields are missing in the others
     */
    void publish(Frame frame, ModelPlan.Scorer scorer, Prediction prediction, long[] ran);
  }
}
