package io.agrippa.cli;

import io.agrippa.cli.compare.AnalysisJson;
import io.agrippa.cli.compare.StudyCsv;
import io.agrippa.cli.compare.StudyJson;
import io.agrippa.cli.compare.StudyPage;
import io.agrippa.engine.Agrippa;
import io.agrippa.engine.DatasetOptions;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.scaling.ScalingStudy;
import io.agrippa.engine.scaling.SimulationReport;
import io.agrippa.engine.scaling.SimulationRequest;
import io.agrippa.engine.scaling.StudyAnalysis;
import io.agrippa.engine.scaling.StudyListener;
import io.agrippa.engine.scaling.StudyPlan;
import io.agrippa.engine.scaling.StudyResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what runners, partitions and schedules do to a job. */
@Command(
    name = "compare",
    description = "Measures what runners, partitionings and schedules do to a job, and advises.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agrippa compare -m model:flights-delay -i dataset:flights --on serial,threads:1,threads:2"
          + " \\",
      "      --partition natural,rows:50000 --limit 300000,3000000 --report flights.html --json"
          + " > flights.json",
      "  agrippa compare --from flights.json --report again.html",
      "",
      "All combinations are run, in an order shuffled by the seed, each as often as --repeat says;"
          + " serial is",
      "always among them. Rows are hashed and not written, unless --output-format is given: then"
          + " they go to",
      "a temporary file. Ctrl-C keeps what was measured."
    })
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "M",
      description = "PMML file, or model:NAME of the zoo")
  private String model;

  @Option(
      names = "--from",
      paramLabel = "STUDY",
      description = "run nothing: compute all figures again from the JSON of an earlier study")
  private Path from;

  @Mixin private ScoringOptions scoring;

  @Mixin private InputOptions input;

  @Option(
      names = "--on",
      split = ",(?![^\\[]*\\])", // not within brackets, as in spark:local-cluster[2,1,1024]
      splitSynopsisLabel = ",",
      paramLabel = "RUNNER",
      description =
          "where to run: serial, threads:N[:SCHEDULE], virtual:N, processes:N, spark:MASTER …"
              + " (default: threads:1, threads:2 … up to one a core)")
  private List<String> runners = List.of();

  @Option(
      names = "--partition",
      split = ",",
      paramLabel = "P",
      converter = Converters.OfPartitioning.class,
      description = "how to cut the input: natural (default), rows:N, bytes:N, count:K, key:FIELD")
  private List<Partitioning> partitionings = List.of(new Partitioning.Natural());

  @Option(
      names = "--schedule",
      split = ",",
      paramLabel = "S",
      description =
          "which worker gets which partition, tried with all threads:N: static, dynamic[:CHUNK],"
              + " guided, stealing")
  private List<String> schedules = List.of();

  @Option(
      names = "--limit",
      split = ",",
      paramLabel = "N",
      description = "only the first rows; several sizes let start-up be told from cost per row")
  private List<Long> limits = List.of();

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "5",
      description = "measured runs of each combination (default: ${DEFAULT-VALUE})")
  private int repeats;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "1",
      description = "runs of each combination before (default: ${DEFAULT-VALUE})")
  private int warmups;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "decides the order of the runs (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--simulate",
      paramLabel = "NAME=VALUE",
      description =
          "also simulate runs with the costs that were measured: workers=4,16,64 (the default with"
              + " a cluster among the runners), and, each with an"
              + " option of its own, transfer=SECONDS, skew=S, stragglers=SHARE, slowdown=TIMES,"
              + " failures=P, restart=SECONDS")
  private Map<String, String> simulate = new LinkedHashMap<>();

  @Option(
      names = "--output-format",
      paramLabel = "F",
      description = "write the rows too, to a temporary file: csv or parquet")
  private String outputFormat;

  @Option(names = "--report", paramLabel = "FILE", description = "page with charts to write (HTML)")
  private Path report;

  @Option(names = "--csv", paramLabel = "FILE", description = "measured runs to write, one a line")
  private Path csv;

  @Option(names = "--overwrite", description = "replace files that exist")
  private boolean overwrite;

  @Option(
      names = "--json",
      description = "print all that was measured and computed as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    for (Path file : new Path[] {report, csv}) {
      if (file != null && !overwrite && Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    if (from != null) {
      if (model != null) {
        throw new ParameterException(
            spec.commandLine(), "--from computes from what was measured; drop --model");
      }
      Map<String, String> asked = simulate.isEmpty() ? StudyJson.simulated(from) : simulate;
      tell(StudyJson.read(from), simulation(asked));
    } else {
      measure();
    }
    return 0;
  }

  private void measure() throws IOException, InterruptedException {
    if (model == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--model=M'");
    }
    Job.Dataset dataset = input.dataset();
    if (dataset.place().equals("-")) {
      throw new ParameterException(
          spec.commandLine(),
          "--input: a study reads its input many times, and standard input can be read once; give"
              + " a file");
    }
    Job job = scoring.job(model, dataset);
    if (outputFormat == null) {
      run(job);
      return;
    }
    Path folder = Files.createTempDirectory("agrippa-compare");
    Path file = folder.resolve("rows." + outputFormat);
    try {
      Map<String, String> options =
          Map.of(DatasetOptions.FORMAT, outputFormat, DatasetOptions.EXISTING, "replace");
      run(job.into(Optional.of(new Job.Dataset(file.toString(), options))));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  private void run(Job job) throws IOException, InterruptedException {
    Optional<SimulationRequest> simulation = simulation(simulate);
    StudyProgress progress = StudyProgress.on(spec.commandLine().getErr());
    ScalingStudy study;
    try {
      StudyPlan plan =
          new StudyPlan(
              job,
              StudyPlan.grid(names(), partitionings, schedules, limits),
              repeats,
              warmups,
              seed);
      StudyListener listener = json || !Progress.isWanted() ? StudyListener.NONE : progress;
      study = new ScalingStudy(plan, Agrippa::run, listener);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    String command = CommandText.of(spec.commandLine().getParseResult().originalArgs());
    StudyInterrupt interrupt = new StudyInterrupt(study);
    try {
      StudyResult result = study.run(command, outputFormat == null ? "none" : outputFormat);
      progress.end();
      tell(result, simulation);
    } finally {
      interrupt.end();
    }
  }

  private List<String> names() {
    if (!runners.isEmpty()) {
      return runners;
    }
    int cores = Runtime.getRuntime().availableProcessors();
    return IntStream.iterate(1, n -> n <= cores, n -> n * 2).mapToObj(n -> "threads:" + n).toList();
  }

  private Optional<SimulationRequest> simulation(Map<String, String> texts) {
    try {
      return texts.isEmpty() ? Optional.empty() : Optional.of(SimulationRequest.parse(texts));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void tell(StudyResult result, Optional<SimulationRequest> asked) throws IOException {
    StudyAnalysis analysis = StudyAnalysis.of(result);
    boolean cluster = result.configurations().stream().anyMatch(c -> c.name().isCluster());
    Optional<SimulationReport> simulated =
        asked
            .or(() -> cluster ? Optional.of(SimulationRequest.DEFAULT) : Optional.empty())
            .map(request -> SimulationReport.of(analysis, request));
    if (report != null) {
      WholeFile.write(report, StudyPage.html(analysis, simulated));
    }
    if (csv != null) {
      WholeFile.write(csv, StudyCsv.of(result));
    }
    if (json) {
      spec.commandLine().getOut().println(Json.text(AnalysisJson.of(analysis, simulated)));
    } else {
      StudyText.print(analysis, simulated, spec.commandLine().getErr());
    }
  }
}
