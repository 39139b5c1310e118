package io.agrippa.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agrippa.engine.pmml.PmmlWriter;
import io.agrippa.models.AlgorithmGuide;
import io.agrippa.models.Algorithms;
import io.agrippa.models.TrainedModel;
import io.agrippa.models.Trainer;
import io.agrippa.models.TrainingData;
import io.agrippa.models.TrainingReport;
import io.agrippa.models.TrainingRequest;
import io.agrippa.models.TrainingTarget;
import io.agrippa.models.Zoo;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Trains a model and writes it as PMML. */
@Command(
    name = "train",
    description = "Trains a model with Smile and writes it as PMML.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The same call on the same data writes the same bytes.",
      "",
      "Examples:",
      "  agrippa train model:diamond-price --output diamond-price.pmml",
      "  agrippa train --input dataset:credit-data --target Status --algorithm random-forest"
          + " --output credit.pmml",
      "  agrippa train --input dataset:flights --target 'late=delay>15' --algorithm"
          + " gradient-boosted-trees --inputs distance,origin --share 0.05 --output late.pmml",
      "  agrippa train --algorithms"
    })
final class TrainCommand implements Callable<Integer> {
  private static final String ZOO = "model:";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "model:NAME",
      description =
          "a model of the zoo, to be trained anew; or give --input, --target, --algorithm")
  private String zoo;

  @Option(
      names = {"-i", "--input"},
      paramLabel = "IN",
      description = "dataset:NAME, a file, a directory or a glob")
  private String input;

  @Option(
      names = "--target",
      paramLabel = "T",
      description = "the column to predict, or NAME=COLUMN>NUMBER for two classes")
  private String target;

  @Option(
      names = "--algorithm",
      paramLabel = "A",
      description = "how to learn; --algorithms lists them")
  private String algorithm;

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "an option of the algorithm; may be repeated")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--inputs",
      split = ",",
      paramLabel = "COLUMN",
      description = "the columns to predict from (default: all but the target's)")
  private List<String> inputs = List.of();

  @Option(
      names = "--categories",
      split = ",",
      paramLabel = "COLUMN",
      description = "columns of whole numbers that are categories")
  private List<String> categories = List.of();

  @Option(
      names = "--logarithms",
      split = ",",
      paramLabel = "COLUMN",
      description = "inputs of which the logarithm is taken")
  private List<String> logarithms = List.of();

  @Option(
      names = "--share",
      paramLabel = "S",
      description =
          "share of the rows to learn from (default: ${DEFAULT-VALUE}); the others measure")
  private double share = 0.8;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "what all choices by lot depend on (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "name of the model (default: the target's)")
  private String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where the PMML goes")
  private Path output;

  @Option(names = "--overwrite", description = "replace an existing output")
  private boolean overwrite;

  @Option(names = "--algorithms", description = "list the algorithms with their options")
  private boolean list;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (list) {
      list(spec.commandLine().getOut());
      return 0;
    }
    if (output == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--output=FILE'");
    }
    TrainingRequest request = request();
    Path place = output.toAbsolutePath();
    if (!overwrite && Files.exists(place)) {
      throw new FileAlreadyExistsException(
          output + " exists already; give --overwrite or another name");
    }
    if (!Files.isDirectory(place.getParent())) {
      throw new NoSuchFileException(
          output + ": the folder " + place.getParent() + " does not exist; create it first");
    }
    TrainedModel trained = Trainer.train(request);
    write(trained, place);
    report(trained.report());
    return 0;
  }

  private TrainingRequest request() throws IOException {
    if (zoo != null) {
      if (!zoo.startsWith(ZOO)) {
        throw new ParameterException(
            spec.commandLine(), zoo + ": only models of the zoo (model:NAME) are trained by name");
      }
      if (input != null || target != null || algorithm != null) {
        throw new ParameterException(
            spec.commandLine(),
            zoo + " says what is trained and how; leave out --input, --target and --algorithm");
      }
      return Zoo.named(zoo.substring(ZOO.length())).request();
    }
    if (input == null || target == null || algorithm == null) {
      throw new ParameterException(
          spec.commandLine(), "Give model:NAME, or all of --input, --target and --algorithm");
    }
    TrainingTarget wanted = TrainingTarget.parse(target);
    return TrainingRequest.of(
            name == null ? wanted.name() : name,
            TrainingData.at(input),
            wanted,
            Algorithms.named(algorithm, options))
        .from(inputs)
        .categorical(categories)
        .logarithmic(logarithms)
        .sampled(share, seed);
  }

  /** Beside its place first, so that no half document stands under the name. */
  private static void write(TrainedModel trained, Path place) throws IOException {
    Path beside = Files.createTempFile(place.getParent(), ".agrippa-", ".tmp");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
        PmmlWriter.write(trained.document(), out);
      }
      Files.move(
          beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private void report(TrainingReport report) throws IOException {
    if (json) {
      spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(report));
      return;
    }
    Table table = new Table();
    table.row("rows", "%,d".formatted(report.rows()));
    table.row("learnt from", "%,d".formatted(report.learnt()));
    if (report.withoutTarget() > 0) {
      table.row("without target", "%,d".formatted(report.withoutTarget()));
    }
    table.row("measured on", "%,d".formatted(report.measured()));
    for (TrainingReport.Metric metric : report.metrics()) {
      table.row(metric.name(), "%.4f".formatted(metric.value()));
    }
    table.print(spec.commandLine().getErr(), "");
  }

  private static void list(PrintWriter out) {
    for (AlgorithmGuide guide : Algorithms.all()) {
      out.println(guide.name() + ": " + guide.title());
      Table table = new Table();
      for (AlgorithmGuide.Option option : guide.options()) {
        table.row(option.name(), option.defaultValue(), option.meaning());
      }
      table.print(out, "  ");
    }
  }
}
