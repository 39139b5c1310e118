package io.agrippa.engine.scaling;

import io.agrippa.engine.measure.GarbageCollection;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.Phase;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One measured run of a study. All times are in seconds.
 *
 * @param configuration index of the configuration
 * @param repeat which repeat of it, from 0; runs of the same repeat ran close to each other in time
 * @param position how many measured runs came before
 * @param wall time from start to end of the run
 * @param rows rows of the output
 * @param bytesIn bytes of input
 * @param bytesOut bytes of output
 * @param outputDigest digest of the output
 * @param phases working time by phase, summed over the workers
 * @param workers one entry a worker
 * @param partitions number of partitions
 * @param partitionTotal working time of all partitions
 * @param partitionLongest working time of the longest
 * @param gc time spent collecting garbage, where known
 * @param processCpu processor time of all processes that had a part in it, where known
 * @param incidents what went wrong and was made good, a sentence each
 * @param allocated bytes that the workers allocated, where known
 * @param spans who worked on which partition when; empty where it was not kept
 */
public record StudyRun(
    int configuration,
    int repeat,
    int position,
    double wall,
    long rows,
    long bytesIn,
    long bytesOut,
    String outputDigest,
    Map<Phase, Double> phases,
    List<Worker> workers,
    long partitions,
    double partitionTotal,
    double partitionLongest,
    OptionalDouble gc,
    OptionalDouble processCpu,
    List<String> incidents,
    OptionalLong allocated,
    List<Span> spans) {
  private static final double NANOS = 1e9;

  public StudyRun {
    Objects.requireNonNull(outputDigest, "outputDigest");
    Objects.requireNonNull(gc, "gc");
    Objects.requireNonNull(processCpu, "processCpu");
    incidents = List.copyOf(incidents);
    Objects.requireNonNull(allocated, "allocated");
    Map<Phase, Double> inOrder = new EnumMap<>(Phase.class);
    inOrder.putAll(phases);
    phases = Collections.unmodifiableMap(inOrder);
    workers = List.copyOf(workers);
    spans = List.copyOf(spans);
  }

  /**
   * How one worker spent a run.
   *
   * @param busy reading, scoring and writing
   * @param inputWait waiting for input
   * @param roomWait waiting for room: finished rows wait for their turn to be put out
   * @param otherWait waiting for the locks by which workers agree
   * @param cpu processor time, where known
   * @param rows rows it scored
   */
  public record Worker(
      double busy,
      double inputWait,
      double roomWait,
      double otherWait,
      OptionalDouble cpu,
      long rows) {
    public Worker {
      Objects.requireNonNull(cpu, "cpu");
    }

    /** All waiting. */
    public double idle() {
      return inputWait + roomWait + otherWait;
    }
  }

  /**
   * A worker's stay with a partition.
   *
   * @param partition its number in row order
   * @param worker index of the worker
   * @param rows rows of it
   * @param start when the worker took it, from the start of the run
   * @param end when the worker was done with it
   * @param busy how much of that it worked
   */
  public record Span(
      long partition, int worker, long rows, double start, double end, double busy) {}

  /** A run as it was measured. */
  static StudyRun of(int configuration, int repeat, int position, Measurement measured) {
    Map<Phase, Double> phases = new EnumMap<>(Phase.class);
    measured.phases().forEach((phase, time) -> phases.put(phase, seconds(time)));
    return new StudyRun(
        configuration,
        repeat,
        position,
        seconds(measured.wall()),
        measured.rows(),
        measured.bytesIn(),
        measured.bytesOut(),
        measured.outputDigest(),
        phases,
        measured.workers().stream()
            .map(
                worker ->
                    new Worker(
                        seconds(worker.busy()),
                        seconds(worker.inputWait()),
                        seconds(worker.roomWait()),
                        seconds(worker.otherWait()),
                        seconds(worker.cpu()),
                        worker.rows()))
            .toList(),
        measured.partitions().count(),
        seconds(measured.partitions().total()),
        seconds(measured.partitions().longest()),
        seconds(measured.gc().map(GarbageCollection::time)),
        seconds(measured.processCpu()),
        measured.incidents(),
        measured.allocatedBytes(),
        measured.partitions().spans().stream()
            .map(
                span ->
                    new Span(
                        span.index(),
                        span.worker(),
                        span.rows(),
                        seconds(span.start()),
                        seconds(span.end()),
                        seconds(span.busy())))
            .toList());
  }

  private static OptionalDouble seconds(Optional<Duration> time) {
    return time.map(known -> OptionalDouble.of(seconds(known))).orElse(OptionalDouble.empty());
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS;
  }

  /** Working time of all workers. */
  double busy() {
    return workers.stream().mapToDouble(Worker::busy).sum();
  }

  /** Waiting time of all workers. */
  double idle() {
    return workers.stream().mapToDouble(Worker::idle).sum();
  }

  /** Processor time of all workers, where all tell. */
  public OptionalDouble cpu() {
    if (workers.isEmpty() || workers.stream().anyMatch(worker -> worker.cpu().isEmpty())) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(workers.stream().mapToDouble(w -> w.cpu().getAsDouble()).sum());
  }

  /** Longest over mean of the workers' busy times; 1 where none worked. */
  double workerImbalance() {
    double busy = busy();
    return busy == 0
        ? 1
        : workers.stream().mapToDouble(Worker::busy).max().orElse(0) * workers.size() / busy;
  }

  /** Longest over mean of the partitions' working times; 1 where nothing was measured. */
  double partitionImbalance() {
    return partitionTotal == 0 ? 1 : partitionLongest * partitions / partitionTotal;
  }

  StudyRun withoutSpans() {
    return new StudyRun(
        configuration,
        repeat,
        position,
        wall,
        rows,
        bytesIn,
        bytesOut,
        outputDigest,
        phases,
        workers,
        partitions,
        partitionTotal,
        partitionLongest,
        gc,
        processCpu,
        incidents,
        allocated,
        List.of());
  }
}
