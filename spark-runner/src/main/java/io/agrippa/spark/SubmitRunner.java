package io.agrippa.spark;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.measure.PartitionTimes;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.WorkerTime;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Workbench;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Submits each job to a Spark master as an application of its own, by the {@code spark-submit} of a
 * Spark installation, and waits for it. Needs none of Spark's classes itself. Its times contain the
 * start of the application.
 */
final class SubmitRunner implements Runner {
  private final String name;
  private final String master;
  private final Map<String, String> conf;

  private SubmitRunner(String name, String master, Map<String, String> conf) {
    this.name = name;
    this.master = master;
    this.conf = conf;
  }

  /**
   * A runner of an argument: a master URL as Spark takes it, and behind it perhaps settings of
   * Spark, as in {@code local[2];spark.driver.memory=4g}.
   *
   * @throws IllegalArgumentException if there is no master, or something that is no setting
   */
  static SubmitRunner of(String argument) {
    String[] parts = argument.split(";", -1);
    String master = parts[0];
    if (master.isBlank()) {
      throw new IllegalArgumentException(
          "runner \"spark:%s\": it names no master; use for example spark:local[2] or spark:spark://host:7077"
              .formatted(argument));
    }
    Map<String, String> conf = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals <= 0 || !parts[i].startsWith("spark.")) {
        throw new IllegalArgumentException(
            "runner \"spark:%s\": \"%s\" is no setting of Spark; write spark.NAME=VALUE between semicolons"
                .formatted(argument, parts[i]));
      }
      conf.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
    }
    return new SubmitRunner(SparkRunnerProvider.KIND + ":" + argument, master, conf);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public RunResult run(Job job, Workbench workbench, RunControl control)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    if (control.isCancelled()) {
      throw new InterruptedException("the run was cancelled before it began");
    }
    if (job.input().place().equals("-")) {
      throw new IllegalArgumentException(
          "input -: standard input is not that of the executors; name a file that all of them see");
    }
    SparkHome home = SparkHome.find();
    try (Application application = Application.start(home.command(master, conf))) {
      Runnable cancel = application::cancel;
      control.onCancel(cancel);
      try {
        application.send(new Message.Ask(job, name));
        return new Hearing(application, workbench, control, start).hear();
      } catch (IOException | RuntimeException e) {
        if (control.isCancelled() || Thread.interrupted()) {
          InterruptedException cancelled = new InterruptedException("the run was cancelled");
          cancelled.addSuppressed(e);
          throw cancelled;
        }
        throw e;
      } finally {
        control.forget(cancel);
      }
    }
  }

  /** What comes of one application. */
  private static final class Hearing {
    private final Application application;
    private final Workbench workbench;
    private final RunControl control;
    private final long start;
    private long submitted;
    private long ready;
    private Optional<Duration> cpuBefore = Optional.empty(); // the driver's, of its start

    Hearing(Application application, Workbench workbench, RunControl control, long start) {
      this.application = application;
      this.workbench = workbench;
      this.control = control;
      this.start = start;
    }

    RunResult hear() throws IOException, InterruptedException {
      while (true) {
        Message message = application.receive();
        if (message == null) {
          throw new IOException("Spark's driver ended before its time: " + application.obituary());
        }
        if (message instanceof Message.Hello) {
          submitted = System.nanoTime() - start;
        } else if (message instanceof Message.Ready told) {
          ready = System.nanoTime() - start;
          cpuBefore = told.cpu();
        } else if (message instanceof Message.Started told) {
          control.listener().started(known(told.rows()), known(told.bytes()));
        } else if (message instanceof Message.Advanced told) {
          control.listener().advanced(told.rows(), told.bytes());
        } else if (message instanceof Message.BadRow bad) {
          throw bad.exception();
        } else if (message instanceof Message.Failed failed) {
          throw failure(failed);
        } else if (message instanceof Message.Done done) {
          return result(done);
        } else {
          throw new IOException("a driver does not say " + message);
        }
      }
    }

    private static OptionalLong known(long number) {
      return number < 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** What to throw of checked exceptions; others it throws itself. */
    private IOException failure(Message.Failed failed) throws InterruptedException {
      return switch (failed.kind()) {
        case "IO" -> new IOException(failed.text(), application.words());
        case "EXISTS" -> new FileAlreadyExistsException(failed.text());
        case "ARGUMENT" -> throw new IllegalArgumentException(failed.text(), application.words());
        case "CANCELLED" -> throw new InterruptedException(failed.text());
        default -> throw new IllegalStateException(failed.text(), application.words());
      };
    }

    private RunResult result(Message.Done done) throws IOException {
      Optional<Aggregation.State> state = Optional.empty();
      if (done.state() != null) {
        // States are read by the aggregation, which is bound to the columns of the job's results.
        Aggregation aggregation =
            workbench.open(done.job(), done.columns()).aggregation().orElseThrow();
        state = Optional.of(aggregation.read(in(done.state())));
      }
      return new RunResult(later(ResultCodec.read(in(done.measurement()))), state);
    }

    private static DataInputStream in(byte[] bytes) {
      return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    /** The driver's measurement, with all times since the start of the run here. */
    private Measurement later(Measurement of) {
      Duration before = Duration.ofNanos(ready);
      Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
      phases.putAll(of.phases());
      phases.put(Phase.SUBMIT, Duration.ofNanos(submitted));
      phases.merge(Phase.START, Duration.ofNanos(ready - submitted), Duration::plus);
      List<WorkerTime> workers = new ArrayList<>();
      for (WorkerTime w : of.workers()) {
        workers.add(
            new WorkerTime(
                w.number(),
                w.start().plus(before),
                w.busy(),
                w.inputWait(),
                w.roomWait(),
                w.otherWait(),
                w.cpu(),
                w.allocatedBytes(),
                w.gc(),
                w.processCpu(),
                w.rows()));
      }
      List<PartitionSpan> spans = new ArrayList<>();
      for (PartitionSpan s : of.partitions().spans()) {
        spans.add(
            new PartitionSpan(
                s.index(),
                s.worker(),
                s.rows(),
                s.start().plus(before),
                s.end().plus(before),
                s.busy()));
      }
      PartitionTimes p = of.partitions();
      return new Measurement(
          of.provenance(),
          of.runner(),
          of.rows(),
          of.badRows(),
          of.bytesIn(),
          of.bytesOut(),
          Duration.ofNanos(System.nanoTime() - start),
          phases,
          workers,
          new PartitionTimes(p.count(), p.total(), p.longest(), spans),
          of.gc(),
          of.processCpu().flatMap(time -> cpuBefore.map(time::plus)),
          of.incidents(),
          of.outputDigest(),
          of.sequenceDigest());
    }
  }
}
