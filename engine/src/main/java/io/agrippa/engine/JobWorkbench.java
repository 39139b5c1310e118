package io.agrippa.engine;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Workbench;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a job's parts with {@code pmml}, {@code compile} and {@code io}. Public for {@link
 * java.util.ServiceLoader} only, with which worker processes find it.
 */
public final class JobWorkbench implements Workbench {
  @Override
  public Workload open(Job job) throws IOException {
    return open(job, Optional.empty());
  }

  @Override
  public Workload open(Job job, Schema columns) throws IOException {
    return open(job, Optional.of(columns));
  }

  private static Workload open(Job job, Optional<Schema> bound) throws IOException {
    if (!job.evaluator().equals(Job.OWN_EVALUATOR)) {
      throw new IllegalArgumentException(
          "evaluator \"%s\": there is none of this name; use %s"
              .formatted(job.evaluator(), Job.OWN_EVALUATOR));
    }
    Map<Phase, Duration> durations = new EnumMap<>(Phase.class);
    Computation computation =
        job.model().isPresent()
            ? scoring(job.model().get(), bound.isEmpty() ? Verify.ON_LOAD : Verify.NEVER, durations)
            : new Computation.Copying();
    return new JobWorkload(job, computation, Catalogues.input(job.input()), bound, durations);
  }

  private static Computation scoring(
      Job.ModelPlace place, Verify verify, Map<Phase, Duration> durations) throws IOException {
    long start = System.nanoTime();
    LoadedDocument loaded = LoadedDocument.read(place);
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
