package io.agrippa.models;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A model of the zoo.
 *
 * @param name what it is called: {@code model:NAME}
 * @param title what it does, in one line
 * @param data what it was learnt from, such as {@code dataset:flights}
 * @param target the name of its prediction
 * @param algorithm the name of the algorithm
 * @param licence the terms of use
 * @param facts what its header says of how it was made and how good it is, one {@code name: value}
 *     each
 */
public record ZooModel(
    String name,
    String title,
    String data,
    String target,
    String algorithm,
    String licence,
    List<String> facts) {
  public ZooModel {
    facts = List.copyOf(facts);
  }

  /** Its PMML document; the caller closes the stream. */
  public InputStream open() throws IOException {
    return Zoo.open(name);
  }

  /** The request that trains it anew, to the same bytes. */
  public TrainingRequest request() throws IOException {
    return Zoo.recipe(name).request();
  }
}
