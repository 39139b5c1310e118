package io.agrippa.engine;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
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
     * The model of a job, compiled.
     *
     * @param durations takes what that took
     */
    Computation.Scoring load(Job.ModelPlace place, Verify verify, Map<Phase, Duration> durations)
        throws IOException;
  }

  private final Models models;

  /** Reads models from their places, for each job anew. */
  public JobWorkbench() {
    this(
        (place, verify, durations) ->
            load(place, Catalogues.model(place.place()), verify, durations));
  }

  JobWorkbench(Models models) {
    this.models = models;
  }

  @Override
  public Workload open(Job job) throws IOException {
    return open(job, Optional.empty());
  }

  @Override
  public Workload open(Job job, Schema columns) throws IOException {
    return open(job, Optional.of(columns));
  }

  private Workload open(Job job, Optional<Schema> bound) throws IOException {
    if (!job.evaluator().equals(Job.OWN_EVALUATOR)) {
      throw new IllegalArgumentException(
          "evaluator \"%s\": there is none of this name; use %s"
              .formatted(job.evaluator(), Job.OWN_EVALUATOR));
    }
    Map<Phase, Duration> durations = new EnumMap<>(Phase.class);
    Computation computation = new Computation.Copying();
    if (job.model().isPresent()) {
      Verify verify = bound.isEmpty() ? Verify.ON_LOAD : Verify.NEVER;
      computation = models.load(job.model().get(), verify, durations);
    }
    return new JobWorkload(job, computation, Catalogues.input(job.input()), bound, durations);
  }

  /** Reads a document from a stream, which is closed, and compiles a model of it. */
  static Computation.Scoring load(
      Job.ModelPlace place, InputStream in, Verify verify, Map<Phase, Duration> durations)
      throws IOException {
    long start = System.nanoTime();
    LoadedDocument loaded = LoadedDocument.read(place, in);
    long read = System.nanoTime();
    CompiledModel model = compile(loaded, place);
    if (verify == Verify.ON_LOAD) {
      model.verify();
    }
    durations.put(Phase.LOAD, Duration.ofNanos(read - start));
    durations.put(Phase.COMPILE, Duration.ofNanos(System.nanoTime() - read));
    return new Computation.Scoring(model, loaded.digest());
  }

  static CompiledModel compile(LoadedDocument loaded, Job.ModelPlace place) {
    return place.name().isPresent()
        ? ModelCompiler.compile(loaded.document(), place.name().get())
        : ModelCompiler.compile(loaded.document());
  }
}
