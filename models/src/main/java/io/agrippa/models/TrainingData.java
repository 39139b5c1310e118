package io.agrippa.models;

import io.agrippa.datasets.Dataset;
import io.agrippa.datasets.Datasets;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.io.Inputs;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * The rows to learn from.
 *
 * @param source where they are read from, several times over
 * @param text what its columns of text are
 * @param name what the model's header calls them, such as {@code dataset:flights}
 * @param sha256 SHA-256 of the files in lower-case hexadecimal digits, for the header; empty where
 *     it is not known
 */
public record TrainingData(BlockSource source, Text text, String name, String sha256) {
  private static final String DATASET = "dataset:";

  public TrainingData {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(sha256, "sha256");
  }

  /** What columns of text are. */
  public enum Text {
    /** Categories: the source knows its columns' types. */
    CATEGORIES,
    /**
     * Not known, as in a CSV file that was opened without types: numbers where every value reads as
     * one, else categories.
     */
    UNKNOWN
  }

  /**
   * The rows at a location: {@code dataset:NAME}, a file, a directory or a glob.
   *
   * @throws IOException if they cannot be read, or a dataset's file is not the one of the catalogue
   */
  public static TrainingData at(String location) throws IOException {
    if (location.startsWith(DATASET)) {
      Dataset dataset = Datasets.named(location.substring(DATASET.length()));
      dataset.verify();
      return new TrainingData(dataset.open(), Text.CATEGORIES, location, dataset.sha256());
    }
    if (location.equals(Inputs.STANDARD_STREAM)) {
      throw new IOException(
          "standard input can be read only once, and training reads twice; save it to a file"
              + " first");
    }
    boolean typed = true;
    MessageDigest digest = digest();
    for (Path file : Inputs.files(location)) {
      String lower = file.toString().toLowerCase(Locale.ROOT);
      typed &= lower.endsWith(".parquet") || lower.endsWith(".pq");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return new TrainingData(
        Inputs.open(location),
        typed ? Text.CATEGORIES : Text.UNKNOWN,
        location,
        HexFormat.of().formatHex(digest.digest()));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
