package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.TakenAsMissing;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * What to do, as a value: whoever has it, in whichever process, can make the same rows from the
 * same input. How to do it (the runner) is not part of it.
 *
 * @param model the model to score with; where empty, rows are only copied
 * @param input the rows to score
 * @param output where the scored rows go; where empty, they are hashed and counted but not written
 * @param kept columns of the input that stand in the output before the results; {@link
 *     #ALL_COLUMNS} alone means all of them
 * @param rowPolicy what becomes of rows that cannot be scored
 * @param evaluator who computes: {@link #OWN_EVALUATOR} or {@link #PMML4S_EVALUATOR}
 * @param partitioning how the input is cut
 * @param limit how many rows to score, from the first; all where empty
 * @param analysis what to reduce the scored rows to, kept columns included; nothing where empty
 * @param taken invalid values of the input that the model is to take for missing ones
 */
public record Job(
    Optional<ModelPlace> model,
    Dataset input,
    Optional<Dataset> output,
    List<String> kept,
    RowPolicy rowPolicy,
    String evaluator,
    Partitioning partitioning,
    OptionalLong limit,
    Optional<Analysis> analysis,
    Set<TakenAsMissing> taken) {
  /** As the only kept column: keep all columns of the input. */
  public static final String ALL_COLUMNS = "*";

  /** Agrippa's own evaluator. */
  public static final String OWN_EVALUATOR = "agrippa";

  /** PMML4S, to be brought along by who wants its second opinion; it has known faults. */
  public static final String PMML4S_EVALUATOR = "pmml4s";

  public Job {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
    kept = List.copyOf(kept);
    Objects.requireNonNull(rowPolicy, "rowPolicy");
    Objects.requireNonNull(evaluator, "evaluator");
    Objects.requireNonNull(partitioning, "partitioning");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(analysis, "analysis");
    taken = Set.copyOf(taken);
    if (limit.isPresent() && limit.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "limit " + limit.getAsLong() + ": the number of rows must not be negative");
    }
    if (kept.contains(ALL_COLUMNS) && kept.size() > 1) {
      throw new IllegalArgumentException(
          "kept columns " + String.join(",", kept) + ": * means all columns and stands alone");
    }
  }

  /** A job that scores all rows, keeps no column and fails on the first bad row. */
  public Job(ModelPlace model, Dataset input, Dataset output) {
    this(Optional.of(model), input, Optional.of(output), List.of());
  }

  private Job(
      Optional<ModelPlace> model, Dataset input, Optional<Dataset> output, List<String> kept) {
    this(
        model,
        input,
        output,
        kept,
        RowPolicy.FAIL,
        OWN_EVALUATOR,
        new Partitioning.Natural(),
        OptionalLong.empty(),
        Optional.empty(),
        Set.of());
  }

  /** A job that scores all rows, and only counts and hashes what comes out. */
  public static Job score(ModelPlace model, Dataset input) {
    return new Job(Optional.of(model), input, Optional.empty(), List.of());
  }

  /**
   * A job that copies all rows with all columns: converts a format, or writes down what is
   * generated.
   */
  public static Job copy(Dataset input, Dataset output) {
    return new Job(Optional.empty(), input, Optional.of(output), List.of(ALL_COLUMNS));
  }

  /** A job that reads all rows with all columns, to be analysed. */
  public static Job read(Dataset input) {
    return new Job(Optional.empty(), input, Optional.empty(), List.of(ALL_COLUMNS));
  }

  /** This job with these columns kept. */
  public Job keeping(List<String> columns) {
    return new Job(
        model, input, output, columns, rowPolicy, evaluator, partitioning, limit, analysis, taken);
  }

  /** This job with another row policy. */
  public Job with(RowPolicy policy) {
    return new Job(
        model, input, output, kept, policy, evaluator, partitioning, limit, analysis, taken);
  }

  /** This job with the input cut in another way. */
  public Job with(Partitioning cut) {
    return new Job(model, input, output, kept, rowPolicy, evaluator, cut, limit, analysis, taken);
  }

  /** This job with another evaluator. */
  public Job by(String otherEvaluator) {
    return new Job(
        model,
        input,
        output,
        kept,
        rowPolicy,
        otherEvaluator,
        partitioning,
        limit,
        analysis,
        taken);
  }

  /** This job with the first {@code rows} rows only. */
  public Job first(long rows) {
    return new Job(
        model,
        input,
        output,
        kept,
        rowPolicy,
        evaluator,
        partitioning,
        OptionalLong.of(rows),
        analysis,
        taken);
  }

  /** This job with invalid values of these kinds taken for missing ones. */
  public Job taking(Set<TakenAsMissing> kinds) {
    return new Job(
        model, input, output, kept, rowPolicy, evaluator, partitioning, limit, analysis, kinds);
  }

  /** This job without a limit. */
  public Job unlimited() {
    return new Job(
        model,
        input,
        output,
        kept,
        rowPolicy,
        evaluator,
        partitioning,
        OptionalLong.empty(),
        analysis,
        taken);
  }

  /** This job with another model. */
  public Job with(ModelPlace place) {
    return new Job(
        Optional.of(place),
        input,
        output,
        kept,
        rowPolicy,
        evaluator,
        partitioning,
        limit,
        analysis,
        taken);
  }

  /** This job for the document of this digest only, where it has a model. */
  public Job withModelDigest(String sha256) {
    return model.isEmpty()
        ? this
        : with(new ModelPlace(model.get().place(), Optional.of(sha256), model.get().name()));
  }

  /** This job with another output. */
  public Job into(Optional<Dataset> otherOutput) {
    return new Job(
        model,
        input,
        otherOutput,
        kept,
        rowPolicy,
        evaluator,
        partitioning,
        limit,
        analysis,
        taken);
  }

  /** This job with its rows reduced to something too. */
  public Job with(Analysis reduction) {
    return new Job(
        model,
        input,
        output,
        kept,
        rowPolicy,
        evaluator,
        partitioning,
        limit,
        Optional.of(reduction),
        taken);
  }

  /**
   * An {@link Aggregation} by name, so that any process finds it.
   *
   * @param name as an {@link io.agrippa.engine.data.AggregationProvider} on the class path has it
   * @param parameters as the aggregation documents them
   */
  public record Analysis(String name, Map<String, String> parameters) {
    public Analysis {
      Objects.requireNonNull(name, "name");
      parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
  }

  /**
   * A model's document.
   *
   * @param place a path, or {@code model:NAME} of the zoo
   * @param digest SHA-256 of the document, hexadecimal, where it is known; a document of another
   *     digest is then refused
   * @param name which model of a document that holds several; the first where empty
   */
  public record ModelPlace(String place, Optional<String> digest, Optional<String> name) {
    public ModelPlace {
      Objects.requireNonNull(place, "place");
      Objects.requireNonNull(digest, "digest");
      Objects.requireNonNull(name, "name");
    }

    /** The first model of the document at this place. */
    public ModelPlace(String place) {
      this(place, Optional.empty(), Optional.empty());
    }
  }

  /**
   * An input or output.
   *
   * @param place a path, {@code -} for standard input or output; for inputs also a directory, a
   *     pattern, or {@code dataset:NAME}
   * @param options how to read or write it, by the names that its format documents
   */
  public record Dataset(String place, Map<String, String> options) {
    public Dataset {
      Objects.requireNonNull(place, "place");
      options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    /** A dataset that says itself how to read it. */
    public Dataset(String place) {
      this(place, Map.of());
    }
  }
}
