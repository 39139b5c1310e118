package io.agrippa.engine;

import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Workbench;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A model's document as bytes, to be handed to a process that does not see the place where it
 * stands. Each of its models is read and compiled once, when it is first asked for, and shared by
 * all jobs of the {@link #workbench} and all that {@link #scoringModel} makes. Safe for use by many
 * threads.
 */
public final class ModelBytes {
  private final String place;
  private final byte[] bytes;

  private final Map<Kind, Loaded> models = new HashMap<>(); // guarded by this

  /** A model of the document, by its name where it is given, and who computes it. */
  private record Kind(Optional<String> name, String evaluator) {}

  /** A model that was made ready, and perhaps verified. */
  private record Loaded(Computation computation, boolean verified) {}

  /**
   * A document.
   *
   * @param place what to call it in messages
   * @param bytes all of it, not copied: nobody may change them
   */
  public ModelBytes(String place, byte[] bytes) {
    this.place = Objects.requireNonNull(place, "place");
    this.bytes = Objects.requireNonNull(bytes, "bytes");
  }

  /**
   * The document at a model's place. It is not parsed yet.
   *
   * @throws IOException if it cannot be read
   */
  public static ModelBytes read(Job.ModelPlace model) throws IOException {
    try (InputStream in = Catalogues.model(model.place())) {
      return new ModelBytes(model.place(), in.readAllBytes());
    }
  }

  /** What it is called in messages. */
  public String place() {
    return place;
  }

  /** The bytes, not copied: nobody may change them. */
  public byte[] bytes() {
    return bytes;
  }

  /** A stream of the bytes, from the first. */
  InputStream open() {
    return new ByteArrayInputStream(bytes);
  }

  /** SHA-256 of the bytes, hexadecimal. */
  public String digest() {
    try (Fingerprint all = new Fingerprint(open())) {
      return all.digest(new Job.ModelPlace(place));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  /** Makes the parts of jobs with models of this document. */
  public Workbench workbench() {
    return new JobWorkbench(this::compiled);
  }

  /**
   * A model of this document, to score with; as {@link Agrippa#load(java.nio.file.Path,
   * LoadOptions)}, but what was compiled or verified before is not done again.
   *
   * @throws io.agrippa.engine.model.ModelException as {@code load}
   */
  public ScoringModel scoringModel(LoadOptions options) {
    Job.ModelPlace model = new Job.ModelPlace(place, Optional.empty(), options.model());
    try {
      Computation computation =
          compiled(model, Job.OWN_EVALUATOR, options.verify(), new EnumMap<>(Phase.class));
      return ScoringModel.of(((Computation.Scoring) computation).model(), options);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private synchronized Computation compiled(
      Job.ModelPlace model, String evaluator, Verify verify, Map<Phase, Duration> durations)
      throws IOException {
    Kind kind = new Kind(model.name(), evaluator);
    Loaded loaded = models.get(kind);
    if (loaded == null) {
      loaded =
          new Loaded(JobWorkbench.load(model, evaluator, open(), Verify.NEVER, durations), false);
      models.put(kind, loaded);
    }
    Computation computation = loaded.computation();
    if (!model.digest().orElse(computation.digest()).equals(computation.digest())) {
      throw new IOException(
          "%s: its SHA-256 is %s, but the job is for %s; use the document that the job was made for"
              .formatted(place, computation.digest(), model.digest().get()));
    }
    if (verify == Verify.ON_LOAD && !loaded.verified()) {
      long start = System.nanoTime();
      computation.verify();
      models.put(kind, new Loaded(computation, true));
      durations.merge(Phase.COMPILE, Duration.ofNanos(System.nanoTime() - start), Duration::plus);
    }
    return computation;
  }
}
