package io.agrippa.spark;

import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.run.RowPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How DataFrames are scored.
 *
 * @param load which model of the document, what the data calls its fields, which results
 * @param check whether a column that is absent is a mistake
 * @param rowPolicy what becomes of rows that the model refuses: with {@link RowPolicy#FAIL} the
 *     first that Spark comes upon fails its job
 * @param kept the columns to keep, in order; empty: all
 * @param prefix stands before the name of each result, and before {@code status}; may be empty
 */
public record ScoringOptions(
    LoadOptions load,
    SchemaCheck check,
    RowPolicy rowPolicy,
    Optional<List<String>> kept,
    String prefix) {
  /** The first model, verified; strict; bad rows fail; all columns kept; the document's names. */
  public static final ScoringOptions DEFAULT =
      new ScoringOptions(
          LoadOptions.DEFAULT, SchemaCheck.STRICT, RowPolicy.FAIL, Optional.empty(), "");

  /** Checks that nothing is null. */
  public ScoringOptions {
    Objects.requireNonNull(load, "load");
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(rowPolicy, "rowPolicy");
    Objects.requireNonNull(prefix, "prefix");
    kept = kept.map(List::copyOf);
  }

  /** These options with the model loaded so. */
  public ScoringOptions with(LoadOptions other) {
    return new ScoringOptions(other, check, rowPolicy, kept, prefix);
  }

  /** These options with absent columns judged so. */
  public ScoringOptions with(SchemaCheck other) {
    return new ScoringOptions(load, other, rowPolicy, kept, prefix);
  }

  /** These options with bad rows treated so. */
  public ScoringOptions with(RowPolicy other) {
    return new ScoringOptions(load, check, other, kept, prefix);
  }

  /** These options with these columns kept and no others. */
  public ScoringOptions keeping(String... columns) {
    return new ScoringOptions(load, check, rowPolicy, Optional.of(List.of(columns)), prefix);
  }

  /** These options with all columns kept. */
  public ScoringOptions keepingAll() {
    return new ScoringOptions(load, check, rowPolicy, Optional.empty(), prefix);
  }

  /** These options with another prefix of the results' names. */
  public ScoringOptions withPrefix(String other) {
    return new ScoringOptions(load, check, rowPolicy, kept, other);
  }
}
