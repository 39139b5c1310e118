package io.agrippa.datasets;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.io.CsvOptions;
import io.agrippa.engine.io.InputOptions;
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
import java.util.List;
import java.util.Optional;

/**
 * A dataset of the catalogue: what it is, whose it is and what stands in its columns. Immutable.
 *
 * @param name how it is called: {@code dataset:NAME}
 * @param title what it is, in one line
 * @param description what a row is, and what is worth knowing before using it
 * @param file name of its file in the data folder
 * @param format how the file is written
 * @param rows number of rows
 * @param bytes size of the file
 * @param sha256 SHA-256 of the file, in lower-case hexadecimal digits
 * @param target the column that models usually predict
 * @param source where it comes from
 * @param licence the terms of use
 * @param dictionary its columns in the order of the file
 */
public record Dataset(
    String name,
    String title,
    String description,
    String file,
    Format format,
    long rows,
    long bytes,
    String sha256,
    String target,
    Source source,
    Licence licence,
    List<Variable> dictionary) {
  public Dataset {
    dictionary = List.copyOf(dictionary);
  }

  /** Names and types of the columns: for text formats, what to read the text as. */
  public Schema schema() {
    return new Schema(dictionary.stream().map(v -> new Field(v.name(), v.type())).toList());
  }

  /**
   * The file. Its size is compared with the catalogue's, its content is not (see {@link #verify}).
   *
   * @throws IOException if it is not there or has another size
   */
  public Path path() throws IOException {
    Path path = DataFolder.find(file, "dataset:" + name);
    long actual = Files.size(path);
    if (actual != bytes) {
      throw new IOException(
          "%s: has %d bytes, but dataset:%s has %d; fetch the file again"
              .formatted(path, actual, name, bytes));
    }
    return path;
  }

  /**
   * Opens the file for reading, text with the types of the dictionary.
   *
   * @throws IOException if it is not there, or its format cannot be read
   */
  public BlockSource open() throws IOException {
    return switch (format) {
      case CSV -> Inputs.open(path().toString(), new InputOptions(Optional.empty(), csvOptions()));
      case PARQUET, ARROW -> Inputs.open(path().toString());
    };
  }

  private CsvOptions csvOptions() {
    CsvOptions options = CsvOptions.DEFAULT;
    for (Variable variable : dictionary) {
      options = options.withType(variable.name(), variable.type());
    }
    return options;
  }

  /**
   * Reads the whole file and compares its SHA-256 with the catalogue's.
   *
   * @throws IOException if the file is not there or is not the one of the catalogue
   */
  public void verify() throws IOException {
    Path path = path();
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    String actual = HexFormat.of().formatHex(digest.digest());
    if (!actual.equals(sha256)) {
      throw new IOException(
          "%s: SHA-256 is %s, but that of dataset:%s is %s; fetch the file again"
              .formatted(path, actual, name, sha256));
    }
  }
}
