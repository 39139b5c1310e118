package io.agrippa.cli;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Runner;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say where and how a job runs, and how it is told of. */
final class RunOptions {
  /**
   * Where jobs run unless something else is asked for: Spark's drivers have a default of theirs.
   */
  static final String DEFAULT_RUNNER = "${sys:agrippa.on:-threads}";

  /** What to ask for. */
  static final String RUNNERS =
      "where to run: serial, threads:N, virtual:N (Java 21 or later), processes:N, spark:MASTER; how"
          + " threads share the partitions may follow, as in threads:4:guided: static[:CHUNK],"
          + " dynamic[:CHUNK], guided, stealing (default: threads, one a core)";

  @Option(names = "--limit", paramLabel = "N", description = "only the first rows")
  private Long limit;

  @Option(
      names = "--on",
      paramLabel = "RUNNER",
      defaultValue = DEFAULT_RUNNER,
      converter = Converters.OfRunner.class,
      description = RUNNERS)
  private Runner runner;

  @Option(
      names = "--partition",
      paramLabel = "P",
      converter = Converters.OfPartitioning.class,
      description =
          "how to cut the input: rows:N, bytes:N, count:K or key:FIELD (default: as its format cuts"
              + " best)")
  private Partitioning partitioning = new Partitioning.Natural();

  @Option(names = "--json", description = "tell what was done as one JSON object")
  private boolean json;

  Runner runner() {
    return runner;
  }

  JobRun.Report report() {
    return JobRun.Report.of(json);
  }

  /** The job as these options want it. */
  Job of(Job job, CommandSpec command) {
    Job cut = job.with(partitioning);
    if (limit == null) {
      return cut;
    }
    if (limit < 0) {
      throw new ParameterException(
          command.commandLine(), "--limit " + limit + ": the number of rows must not be negative");
    }
    return cut.first(limit);
  }
}
