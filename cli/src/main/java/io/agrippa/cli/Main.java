package io.agrippa.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The <code>agrippa</code> command. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 cancelled. */
@Command(
    name = "agrippa",
    description = "Scores data with statistical models (PMML), trains them and measures them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      ScoreCommand.class,
      EvaluateCommand.class,
      DriftCommand.class,
      ProfileCommand.class,
      CompareCommand.class,
      DescribeCommand.class,
      VerifyCommand.class,
      TraceCommand.class,
      TrainCommand.class,
      DatasetsCommand.class,
      ModelsCommand.class,
      CompletionCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  agrippa score --model model:flights-delay --input dataset:flights --output scores.parquet",
      "  cat in.csv | agrippa score -m churn.pmml > out.csv",
      "  agrippa describe churn.pmml",
      "",
      "Exit codes: 0 done, 1 failed (also when whoever reads the output has enough, as head has:",
      "nothing is said then), 2 wrong usage, 130 cancelled by Ctrl-C."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "on failure, also print where in the program (or set AGRIPPA_DEBUG=1)")
  private boolean stacktrace;

  private Main() {}

  /**
   * Runs the command and ends the JVM with its exit code.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  /** Runs the command and returns its exit code; what it prints goes to the given writers. */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    Main main = new Main();
    Failures failures =
        new Failures(() -> main.stacktrace || "1".equals(System.getenv("AGRIPPA_DEBUG")));
    try {
      return new CommandLine(main)
          .setOut(out)
          .setErr(err)
          .setCaseInsensitiveEnumValuesAllowed(true)
          .setExecutionExceptionHandler(
              (exception, command, parsed) -> failures.report(exception, command.getErr()))
          .setParameterExceptionHandler(failures::wrongUsage)
          .execute(args);
    } catch (Error e) {
      // picocli hands on what is no Exception: out of memory, a missing class.
      return failures.report(e, err);
    }
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given; name one of the below");
  }
}
