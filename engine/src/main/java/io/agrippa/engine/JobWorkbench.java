package io.agrippa.engine;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Workbench;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a job's parts with {@code pmml}, {@code compile} and {@code io}. Public for {@link
 * java.util.ServiceLoader} only, with which worker processes find it.
 */
public final class JobWorkbench implements Workbench {
  /** Where jobs get their models. */
  @FunctionalInterface
  interface Models {
    /**
     * The model of a job, as the job's evaluator has it.
     *
     * @param durations takes what that took
     */
    Computation load(
        Job.ModelPlace place, String evaluator, Verify verify, Map<Phase, Duration> durations)
        throws IOException;
  }

  private final Models models;

  /** Reads models from their places, for each job anew. */
  public JobWorkbench() {
    this(
        (place, evaluator, verify, durations) ->
            load(place, evaluator, Catalogues.model(place.place()), verify, durations));
  }

  JobWorkbench(Models models) {
    this.models = models;
  }

  @Override
  public Workload open(Job job) throws IOException {
    return open(job, new JobInput.Named(job.input()), Optional.empty());
  }

  @Override
  public Workload open(Job job, BlockSource input) throws IOException {
    return open(job, new JobInput.Opened(input), Optional.empty());
  }

  @Override
  public Workload open(Job job, Schema columns) throws IOException {
    return open(job, new JobInput.Named(job.input()), Optional.of(columns));
  }

  private Workload open(Job job, JobInput input, Optional<Schema> bound) throws IOException {
    Map<Phase, Duration> durations = new EnumMap<>(Phase.class);
    Computation computation = new Computation.Copying();
    if (job.model().isPresent()) {
      Verify verify = bound.isEmpty() ? Verify.ON_LOAD : Verify.NEVER;
      computation =
          models.load(job.model().get(), job.evaluator(), verify, durations).taking(job.taken());
    }
    if (bound.isEmpty()) {
      input.source(); // what cannot be opened is said now
    }
    return new JobWorkload(job, computation, input, bound, durations);
  }

  /** Reads a document from a stream, which is closed, and gets its model ready to score. */
  static Computation load(
      Job.ModelPlace place,
      String evaluator,
      InputStream in,
      Verify verify,
      Map<Phase, Duration> durations)
      throws IOException {
    return switch (evaluator) {
      case Job.OWN_EVALUATOR -> compiled(place, in, verify, durations);
      case Job.PMML4S_EVALUATOR -> reference(place, in, durations);
      default -> {
        in.close();
        throw new IllegalArgumentException(
            "evaluator \"%s\": there is none of this name; use %s or %s"
                .formatted(evaluator, Job.OWN_EVALUATOR, Job.PMML4S_EVALUATOR));
      }
    };
  }

  private static Computation compiled(
      Job.ModelPlace place, InputStream in, Verify verify, Map<Phase, Duration> durations)
      throws IOException {
    long start = System.nanoTime();
    LoadedDocument loaded = LoadedDocument.read(place, in);
    long read = System.nanoTime();
    Computation computation = new Computation.Scoring(compile(loaded, place), loaded.digest());
    if (verify == Verify.ON_LOAD) {
      computation.verify();
    }
    durations.put(Phase.LOAD, Duration.ofNanos(read - start));
    durations.put(Phase.COMPILE, Duration.ofNanos(System.nanoTime() - read));
    return computation;
  }

  private static Computation reference(
      Job.ModelPlace place, InputStream in, Map<Phase, Duration> durations) throws IOException {
    long start = System.nanoTime();
    Computation computation = ReferenceDocument.read(place, in).computation();
    durations.put(Phase.LOAD, Duration.ofNanos(System.nanoTime() - start));
    return computation;
  }

  static CompiledModel compile(LoadedDocument loaded, Job.ModelPlace place) {
    return place.name().isPresent()
        ? ModelCompiler.compile(loaded.document(), place.name().get())
        : ModelCompiler.compile(loaded.document());
  }
}
