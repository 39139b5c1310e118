package io.agrippa.models;

import io.agrippa.engine.data.BlockSource;
import java.util.Objects;

/**
 * The rows to learn from.
 *
 * @param source where they are read from, several times over
 * @param name what the model's header calls them, such as {@code dataset:flights}
 * @param sha256 SHA-256 of the file in lower-case hexadecimal digits, for the header; empty where
 *     it is not known
 */
public record TrainingData(BlockSource source, String name, String sha256) {
  public TrainingData {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sha256, "sha256");
  }
}
