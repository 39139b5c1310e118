package io.agrippa.engine;

import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Workbench;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A model's document as bytes, to be handed to a process that does not see the place where it
 * stands. It is read and compiled once, when a job first asks for it, and shared by all jobs of its
 * {@link #workbench}. Safe for use by many threads.
 */
public final class ModelBytes {
  private final String place;
  private final byte[] bytes;

  // Guarded by this.
  private Computation compiled;
  private Optional<String> name = Optional.empty();
  private String evaluator;
  private boolean verified;

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

  /**
   * Makes the parts of jobs with this model. All of them must name the same model of the document.
   */
  public Workbench workbench() {
    return new JobWorkbench(this::compiled);
  }

  private synchronized Computation compiled(
      Job.ModelPlace model, String scorer, Verify verify, Map<Phase, Duration> durations)
      throws IOException {
    if (compiled == null) {
      compiled = JobWorkbench.load(model, scorer, open(), Verify.NEVER, durations);
      name = model.name();
      evaluator = scorer;
    }
    if (!name.equals(model.name()) || !evaluator.equals(scorer)) {
      throw new IllegalArgumentException(
          "%s: jobs of one workbench are to have one model and evaluator, but one is for %s by %s and another for %s by %s"
              .formatted(
                  place,
                  name.orElse("the first"),
                  evaluator,
                  model.name().orElse("the first"),
                  scorer));
    }
    if (!model.digest().orElse(compiled.digest()).equals(compiled.digest())) {
      throw new IOException(
          "%s: its SHA-256 is %s, but the job is for %s; use the document that the job was made for"
              .formatted(place, compiled.digest(), model.digest().get()));
    }
    if (verify == Verify.ON_LOAD && !verified) {
      long start = System.nanoTime();
      compiled.verify();
      verified = true;
      durations.merge(Phase.COMPILE, Duration.ofNanos(System.nanoTime() - start), Duration::plus);
    }
    return compiled;
  }
}
