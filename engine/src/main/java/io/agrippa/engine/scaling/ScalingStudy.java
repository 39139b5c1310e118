package io.agrippa.engine.scaling;

import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.Provenance;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/**
 * Runs a plan. Repeats are interleaved: each round runs every configuration once, in an order of
 * its own that follows from the seed, so that whatever drifts on the machine drifts for all alike,
 * and runs of the same round may be held against each other.
 *
 * <p>{@link #run} is for one thread, once; {@link #cancel} is for any.
 */
public final class ScalingStudy {
  /** Does one job; {@code Agrippa::run} of the front door. */
  @FunctionalInterface
  public interface Execution {
    /** As {@link Runner#run}. */
    RunResult run(Job job, Runner runner, RunControl control)
        throws IOException, InterruptedException;
  }

  private final StudyPlan plan;
  private final Execution execution;
  private final StudyListener listener;
  private final Map<String, Runner> runners = new HashMap<>();
  private final Map<OptionalLong, Reference> references = new HashMap<>();
  private final Map<Integer, double[]> spent =
      new HashMap<>(); // seconds and runs, warm-up included
  private RunControl current; // guarded by this
  private boolean cancelled; // guarded by this

  /** The output that others of the same rows have to have. */
  private record Reference(Configuration by, String content, Optional<String> sequence) {}

  /**
   * A study that is ready to run.
   *
   * @throws IllegalArgumentException if the plan names a runner that is not there
   */
  public ScalingStudy(StudyPlan plan, Execution execution, StudyListener listener) {
    this.plan = Objects.requireNonNull(plan, "plan");
    this.execution = Objects.requireNonNull(execution, "execution");
    this.listener = Objects.requireNonNull(listener, "listener");
    for (Configuration configuration : plan.configurations()) {
      runners.computeIfAbsent(configuration.runner(), Runners::named);
    }
  }

  /**
   * Cancels the study: the run under way is given up, what was measured before is kept, and {@link
   * #run} returns it.
   */
  public void cancel() {
    RunControl running;
    synchronized (this) {
      cancelled = true;
      running = current;
    }
    if (running != null) {
      running.cancel();
    }
  }

  /**
   * Runs all of it.
   *
   * @param command what was asked for, as the user would type it
   * @param output what to say of the output: {@code none}, or its format
   * @return what was measured; when cancelled, what was measured until then
   * @throws DifferentOutputException if two configurations gave different rows
   * @throws InterruptedException if it was cancelled or interrupted before anything was measured
   */
  public StudyResult run(String command, String output) throws IOException, InterruptedException {
    double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    List<int[]> steps = order();
    List<StudyRun> measured = new ArrayList<>();
    Provenance provenance = null;
    StudyResult.End end = StudyResult.End.COMPLETE;
    for (int i = 0; i < steps.size(); i++) {
      int configuration = steps.get(i)[0];
      int round = steps.get(i)[1];
      listener.starting(
          i + 1, steps.size(), plan.configurations().get(configuration), left(steps, i));
      Measurement measurement;
      try {
        measurement = runOnce(configuration);
      } catch (InterruptedException e) {
        if (measured.isEmpty()) {
          throw e;
        }
        end = StudyResult.End.CANCELLED;
        break;
      }
      if (round >= plan.warmups()) {
        provenance = provenance == null ? measurement.provenance() : provenance;
        measured.add(
            StudyRun.of(configuration, round - plan.warmups(), measured.size(), measurement));
      }
    }
    return new StudyResult(
            command,
            plan.job().model().map(Job.ModelPlace::place).orElse("none"),
            plan.job().input().place(),
            output,
            provenance,
            plan.seed(),
            plan.repeats(),
            plan.warmups(),
            end,
            loadBefore < 0 ? OptionalDouble.empty() : OptionalDouble.of(loadBefore),
            plan.configurations(),
            measured)
        .withMedianSpans();
  }

  /** Configuration and round of every run. */
  private List<int[]> order() {
    SplittableRandom random = new SplittableRandom(plan.seed());
    List<int[]> steps = new ArrayList<>();
    for (int round = 0; round < plan.warmups() + plan.repeats(); round++) {
      List<int[]> shuffled = new ArrayList<>();
      for (int i = 0; i < plan.configurations().size(); i++) {
        shuffled.add(new int[] {i, round});
      }
      for (int i = shuffled.size() - 1; i > 0; i--) {
        Collections.swap(shuffled, i, random.nextInt(i + 1));
      }
      steps.addAll(shuffled);
    }
    return steps;
  }

  private Optional<Duration> left(List<int[]> steps, int from) {
    if (spent.isEmpty()) {
      return Optional.empty();
    }
    double usual =
        spent.values().stream().mapToDouble(sum -> sum[0] / sum[1]).average().orElseThrow();
    double seconds = 0;
    for (int[] step : steps.subList(from, steps.size())) {
      double[] sum = spent.get(step[0]);
      seconds += sum == null ? usual : sum[0] / sum[1];
    }
    return Optional.of(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private Measurement runOnce(int index) throws IOException, InterruptedException {
    Configuration configuration = plan.configurations().get(index);
    RunControl control = new RunControl();
    synchronized (this) {
      if (cancelled) {
        throw new InterruptedException("the study was cancelled");
      }
      current = control;
    }
    Job job = plan.job().with(configuration.partitioning());
    if (configuration.limit().isPresent()) {
      job = job.first(configuration.limit().getAsLong());
    }
    Measurement measurement =
        execution.run(job, runners.get(configuration.runner()), control).measurement();
    check(configuration, measurement);
    double[] sum = spent.computeIfAbsent(index, i -> new double[2]);
    sum[0] += measurement.wall().toNanos() / 1e9;
    sum[1]++;
    return measurement;
  }

  private void check(Configuration configuration, Measurement measurement) {
    Reference reference =
        references.computeIfAbsent(
            configuration.limit(),
            limit ->
                new Reference(
                    configuration, measurement.outputDigest(), measurement.sequenceDigest()));
    if (!reference.content().equals(measurement.outputDigest())) {
      throw different(
          "rows", configuration, measurement.outputDigest(), reference, reference.content());
    }
    if (reference.sequence().isPresent()
        && measurement.sequenceDigest().isPresent()
        && !reference.sequence().equals(measurement.sequenceDigest())) {
      throw different(
          "order of rows",
          configuration,
          measurement.sequenceDigest().get(),
          reference,
          reference.sequence().get());
    }
  }

  private static DifferentOutputException different(
      String what, Configuration configuration, String found, Reference reference, String other) {
    return new DifferentOutputException(
        "the outputs differ in their %s: \"%s\" has digest %s, \"%s\" has %s; times of different work are not compared: find out which is right, with agrippa score"
            .formatted(what, configuration, found, reference.by(), other));
  }
}
