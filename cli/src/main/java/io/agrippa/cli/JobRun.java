package io.agrippa.cli;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a job for the command line: with progress, cancelled by Ctrl-C, told of at the end. */
final class JobRun {
  private final CommandSpec command;
  private final Report report;

  /** What is told at the end. */
  enum Report {
    /** A summary for people. */
    TEXT,
    /** One JSON object. */
    JSON;

    static Report of(boolean json) {
      return json ? JSON : TEXT;
    }
  }

  JobRun(CommandSpec command, Report report) {
    this.command = command;
    this.report = report;
  }

  /** Runs it to its end, and tells nothing yet. */
  RunResult run(Job job, Runner runner) throws IOException, InterruptedException {
    boolean shown = report == Report.TEXT && Progress.isWanted();
    try (Progress progress = shown ? Progress.ofTerminal() : Progress.none()) {
      RunControl control = new RunControl(progress);
      // Ctrl-C: the virtual machine ends with the signal's exit code (130) when its hooks are
      // through.
      Thread hook = new Thread(() -> cancel(control), "agrippa-cancel");
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        return Agrippa.run(job, runner, control);
      } finally {
        remove(hook);
      }
    }
  }

  private void cancel(RunControl control) {
    try {
      control.cancel();
    } catch (UncheckedIOException e) {
      command.commandLine().getErr().println("agrippa: " + e.getCause().getMessage());
    }
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is ending already, so the hook does what it is for.
    }
  }

  /** Tells what a run did. */
  void tell(Job job, Measurement measured) throws IOException {
    tell(job, measured, Map.of());
  }

  /**
   * Tells what a run did.
   *
   * @param findings what it found, which stands in front in the JSON; people are told elsewhere
   */
  void tell(Job job, Measurement measured, Map<String, Object> findings) throws IOException {
    // Where rows have standard output, nothing else may stand there.
    boolean rowsOnOut =
        job.output().map(Job.Dataset::place).equals(Optional.of(OutputOptions.STANDARD_OUTPUT));
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    switch (report) {
      case TEXT -> Summary.print(job, measured, err);
      case JSON -> {
        Map<String, Object> all = new LinkedHashMap<>(findings);
        all.putAll(MeasurementJson.of(measured));
        (rowsOnOut ? err : out).println(Json.text(all));
      }
    }
  }

  /** What the rows of a run were reduced to. */
  static <T> T reduced(RunResult result, Class<T> type) {
    return type.cast(
        result
            .aggregated()
            .orElseThrow(() -> new IllegalStateException("the run reduced nothing"))
            .result());
  }
}
