package io.agrippa.cli;

import io.agrippa.engine.analysis.AnalysisProvider;
import io.agrippa.engine.analysis.Profile;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says what is in some rows. */
@Command(
    name = "profile",
    description =
        "Says what is in the columns of some rows: how many values, least, greatest, mean,"
            + " quantiles, different and frequent ones.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agrippa profile -i dataset:flights",
      "  agrippa profile -i 'in/*.csv.gz' --columns age,income --on threads:4",
      "  agrippa profile -i loans.parquet --json",
      "",
      "Text columns whose texts all write numbers are told of as numbers too."
    })
final class ProfileCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private InputOptions input;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "columns to look at (default: all)")
  private List<String> columns = List.of(Job.ALL_COLUMNS);

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "how many of the most frequent values to tell (default: 10)")
  private int top = 10;

  @Mixin private RunOptions running;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Job job =
        Job.read(input.dataset())
            .keeping(columns)
            .with(new Job.Analysis(AnalysisProvider.PROFILE, Map.of("top", Integer.toString(top))));
    JobRun run = new JobRun(spec, running.report());
    Job chosen = running.of(job, spec);
    RunResult result = run.run(chosen, running.runner());
    Profile profile = JobRun.reduced(result, Profile.class);
    if (running.report() == JobRun.Report.TEXT) {
      ProfileText.print(profile, spec.commandLine().getOut());
    }
    run.tell(chosen, result.measurement(), Map.of("profile", ProfileText.json(profile)));
    return 0;
  }
}
