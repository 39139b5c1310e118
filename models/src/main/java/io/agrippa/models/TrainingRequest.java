package io.agrippa.models;

import java.util.List;
import java.util.Objects;

/**
 * What to train. Immutable; the methods that change something give a changed copy.
 *
 * @param name the name of the model
 * @param title what it does, in one line; goes into the model's header
 * @param data the rows to learn from
 * @param target what is to be predicted
 * @param inputs the columns to predict from, in order; empty for all others than the target's
 * @param categories columns of whole numbers that are to be taken as categories
 * @param logarithms inputs of which the logarithm is taken
 * @param algorithm how to learn
 * @param share share of the rows to learn from, chosen by the seed, above 0 and up to 1; the model
 *     is measured on the others
 * @param seed what all choices by lot depend on
 */
public record TrainingRequest(
    String name,
    String title,
    TrainingData data,
    TrainingTarget target,
    List<String> inputs,
    List<String> categories,
    List<String> logarithms,
    Algorithm algorithm,
    double share,
    long seed) {
  public TrainingRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(algorithm, "algorithm");
    inputs = List.copyOf(inputs);
    categories = List.copyOf(categories);
    logarithms = List.copyOf(logarithms);
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of rows to learn from is %s; it must be above 0 and up to 1".formatted(share));
    }
    if (inputs.contains(target.column())) {
      throw new IllegalArgumentException(
          "column \"%s\" is both target and input; leave it out of the inputs"
              .formatted(target.column()));
    }
  }

  /** A request for all columns, four fifths of the rows and seed 1. */
  public static TrainingRequest of(
      String name, TrainingData data, TrainingTarget target, Algorithm algorithm) {
    return new TrainingRequest(
        name, name, data, target, List.of(), List.of(), List.of(), algorithm, 0.8, 1);
  }

  /** With another title. */
  public TrainingRequest titled(String title) {
    return new TrainingRequest(
        name, title, data, target, inputs, categories, logarithms, algorithm, share, seed);
  }

  /** With these inputs. */
  public TrainingRequest from(List<String> inputs) {
    return new TrainingRequest(
        name, title, data, target, inputs, categories, logarithms, algorithm, share, seed);
  }

  /** With these columns of whole numbers as categories. */
  public TrainingRequest categorical(List<String> categories) {
    return new TrainingRequest(
        name, title, data, target, inputs, categories, logarithms, algorithm, share, seed);
  }

  /** With the logarithms of these inputs in place of their values. */
  public TrainingRequest logarithmic(List<String> logarithms) {
    return new TrainingRequest(
        name, title, data, target, inputs, categories, logarithms, algorithm, share, seed);
  }

  /** With this share of the rows to learn from, chosen by this seed. */
  public TrainingRequest sampled(double share, long seed) {
    return new TrainingRequest(
        name, title, data, target, inputs, categories, logarithms, algorithm, share, seed);
  }
}
