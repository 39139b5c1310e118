package io.agrippa.cli;

import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Runner;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes down what a generator makes. */
@Command(
    name = "generate",
    description =
        "Writes down what a generator makes: the same rows for the same parameters, anywhere.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  agrippa datasets generate higgs,rows=1000000,seed=7 -o higgs.parquet",
      "  agrippa datasets generate zipf,keys=1000 | head"
    })
final class GenerateCommand implements Callable<Integer> {
  private static final String PREFIX = "generate:";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NAME[,PARAMETER=VALUE…]",
      description = "the generator and its parameters, as `agrippa datasets` lists them")
  private String name;

  @Mixin private OutputOptions output;

  @Option(
      names = "--on",
      paramLabel = "RUNNER",
      defaultValue = RunOptions.DEFAULT_RUNNER,
      converter = Converters.OfRunner.class,
      description = RunOptions.RUNNERS)
  private Runner runner;

  @Option(names = "--json", description = "tell what was done as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Job.Dataset input = new Job.Dataset(name.startsWith(PREFIX) ? name : PREFIX + name);
    Job job = Job.copy(input, output.dataset());
    JobRun run = new JobRun(spec, JobRun.Report.of(json));
    run.tell(job, run.run(job, runner).measurement());
    return 0;
  }
}
