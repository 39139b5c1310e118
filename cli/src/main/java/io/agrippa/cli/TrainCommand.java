package io.agrippa.cli;

import io.agrippa.engine.pmml.PmmlWriter;
import io.agrippa.models.Algorithm;
import io.agrippa.models.AlgorithmGuide;
import io.agrippa.models.Algorithms;
import io.agrippa.models.TrainedModel;
import io.agrippa.models.Trainer;
import io.agrippa.models.TrainingData;
import io.agrippa.models.TrainingReport;
import io.agrippa.models.TrainingRequest;
import io.agrippa.models.TrainingTarget;
import io.agrippa.models.TrainingTasks;
import io.agrippa.models.Zoo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a model and writes it as PMML. */
@Command(
    name = "train",
    description =
        "Trains a model, measures it and writes it as PMML. Needs Smile, which the launcher brings"
            + " along.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agrippa train --list",
      "  agrippa train -i dataset:credit-data --target Status --algorithm random-forest -o"
          + " credit.pmml",
      "  agrippa train -i dataset:flights --target 'late=delay>15' --algorithm"
          + " gradient-boosted-trees \\",
      "      --columns date,distance,origin --set trees=100 --share 0.1 -o late.pmml",
      "  agrippa train --model model:flights-delay -o flights-delay.pmml",
      "",
      "The same command on the same data gives the same file, byte for byte."
    })
final class TrainCommand implements Callable<Integer> {
  private static final String ZOO = "model:";

  @Spec private CommandSpec spec;

  @Option(names = "--list", description = "list the algorithms and what can be set")
  private boolean list;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "IN",
      description = "rows to learn from: a file, a directory, a pattern or dataset:NAME")
  private String input;

  @Option(
      names = "--target",
      paramLabel = "T",
      description = "what to predict: COLUMN, or NAME=COLUMN>NUMBER for two classes")
  private String target;

  @Option(names = "--algorithm", paramLabel = "A", description = "how to learn; see --list")
  private String algorithm;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "an option of the algorithm; see --list")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "columns to predict from (default: all others)")
  private List<String> columns = List.of();

  @Option(
      names = "--categorical",
      split = ",",
      paramLabel = "COLUMN",
      description = "columns of whole numbers that are categories")
  private List<String> categories = List.of();

  @Option(
      names = "--logarithm",
      split = ",",
      paramLabel = "COLUMN",
      description = "columns of which to take the logarithm")
  private List<String> logarithms = List.of();

  @Option(
      names = "--share",
      paramLabel = "S",
      description =
          "share of the rows to learn from; the model is measured on the others (default: 0.8)")
  private double share = 0.8;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "what all choices by lot depend on (default: 1)")
  private long seed = 1;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "name of the model (default: the target's)")
  private String name;

  @Option(names = "--title", paramLabel = "TEXT", description = "what the model does, in one line")
  private String title;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "model:NAME",
      description = "train a model of the zoo anew, in place of all options above")
  private String zooModel;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "PMML file to write, or - for standard output")
  private String output;

  @Option(
      names = "--on",
      paramLabel = "WHERE",
      defaultValue = RunOptions.DEFAULT_RUNNER,
      description =
          "where the trees of a random forest are grown: threads, or, in an application that was"
              + " submitted to it, spark (default: ${DEFAULT-VALUE})")
  private String on;

  @Option(names = "--overwrite", description = "replace the output if it exists")
  private boolean overwrite;

  @Option(names = "--json", description = "tell what was done as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      list(out);
      return 0;
    }
    require(output, "--output");
    Path file = Path.of(output);
    boolean toFile = !output.equals(OutputOptions.STANDARD_OUTPUT);
    if (toFile && Files.exists(file) && !overwrite) {
      throw new FileAlreadyExistsException(output);
    }
    long start = System.nanoTime();
    TrainedModel trained = Trainer.train(request(), tasks());
    double seconds = (System.nanoTime() - start) / 1e9;
    if (toFile) {
      write(PmmlWriter.bytes(trained.document()), file);
    } else {
      System.out.write(PmmlWriter.bytes(trained.document()));
      System.out.flush();
    }
    tell(trained.report(), seconds, toFile);
    return 0;
  }

  private TrainingTasks tasks() {
    try {
      return TrainingTasks.named(on);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--on: " + e.getMessage(), e);
    }
  }

  private TrainingRequest request() throws IOException {
    if (zooModel != null) {
      if (input != null || target != null || algorithm != null) {
        throw new ParameterException(
            spec.commandLine(),
            "--model "
                + zooModel
                + " says what to train; leave out --input, --target and --algorithm");
      }
      return Zoo.named(zooModel.startsWith(ZOO) ? zooModel.substring(ZOO.length()) : zooModel)
          .request();
    }
    require(input, "--input");
    require(target, "--target");
    require(algorithm, "--algorithm");
    TrainingTarget toPredict = TrainingTarget.parse(target);
    Algorithm chosen = Algorithms.named(algorithm, settings);
    String called = name == null ? toPredict.name() : name;
    return new TrainingRequest(
        called,
        title == null ? called : title,
        TrainingData.at(input),
        toPredict,
        columns,
        categories,
        logarithms,
        chosen,
        share,
        seed);
  }

  private void require(String value, String option) {
    if (value == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '" + option + "'");
    }
  }

  /** Writes beside the place first, so that the model appears whole or not at all. */
  private static void write(byte[] document, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path temporary = Files.createTempFile(folder, ".agrippa-", ".pmml");
    try {
      Files.write(temporary, document);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private void tell(TrainingReport report, double seconds, boolean toFile) throws IOException {
    if (json) {
      Map<String, Object> metrics = new LinkedHashMap<>();
      report.metrics().forEach(metric -> metrics.put(metric.name(), metric.value()));
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("rows", report.rows());
      all.put("learntRows", report.learnt());
      all.put("rowsWithoutTarget", report.withoutTarget());
      all.put("measuredRows", report.measured());
      all.put("metrics", metrics);
      all.put("wallSeconds", seconds);
      (toFile ? spec.commandLine().getOut() : spec.commandLine().getErr()).println(Json.text(all));
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        String.format(
            Locale.ROOT,
            "learnt from %,d of %,d rows in %.1f s; measured on %,d rows: %s",
            report.learnt(),
            report.rows(),
            seconds,
            report.measured(),
            report.metrics().stream()
                .map(m -> String.format(Locale.ROOT, "%s %.4f", m.name(), m.value()))
                .collect(Collectors.joining(", "))));
    if (report.withoutTarget() > 0) {
      err.println(String.format(Locale.ROOT, "%,d rows have no target", report.withoutTarget()));
    }
  }

  private static void list(PrintWriter out) {
    for (AlgorithmGuide guide : Algorithms.all()) {
      out.println(guide.name() + ": " + guide.title());
      Table options = new Table("  OPTION", "DEFAULT", "MEANING");
      guide.options().forEach(o -> options.add("  " + o.name(), o.defaultValue(), o.meaning()));
      options.print(out);
      out.println();
    }
  }
}
