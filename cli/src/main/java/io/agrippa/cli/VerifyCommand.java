package io.agrippa.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agrippa.cli.conformance.CaseReader;
import io.agrippa.cli.conformance.CaseScorer;
import io.agrippa.cli.conformance.Conformance;
import io.agrippa.cli.conformance.ConformanceCase;
import io.agrippa.cli.conformance.EngineScorer;
import io.agrippa.cli.conformance.Floor;
import io.agrippa.cli.conformance.Report;
import io.agrippa.cli.conformance.Scoreboard;
import io.agrippa.engine.Agrippa;
import io.agrippa.engine.OpinionOptions;
import io.agrippa.engine.SecondOpinion;
import io.agrippa.engine.compile.Tolerance;
import io.agrippa.engine.compile.VerificationReport;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a model against its own verification rows, or the engine against other tools' results. */
@Command(
    name = "verify",
    description = {
      "Holds a model against its ModelVerification: the rows in the document, with the results that"
          + " its maker got.",
      "With --input and --expected: scores rows and compares the results with those of a file.",
      "With --against pmml4s: scores these rows, or those of --input, with PMML4S too and shows each"
          + " cell in which the two differ. PMML4S has known faults (docs/interpretation.md), so a"
          + " difference does not say who is right.",
      "With --cases: scores conformance cases and compares the results with those of the tools that"
          + " trained the models."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  agrippa verify churn.pmml",
      "  agrippa verify churn.pmml --input customers.csv --expected scores.parquet",
      "  agrippa verify churn.pmml --against pmml4s --input customers.csv --limit 1000",
      "  agrippa verify --cases conformance --json",
      "",
      "Exit code 1 if a result of the model is not within its tolerance, or differs from that of"
          + " --against."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  /** What most conformance cases allow. */
  private static final double TOLERANCE = 1e-13;

  private final CaseScorer scorer;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "M", arity = "0..1", description = "PMML file, or model:NAME of the zoo")
  private String model;

  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      description = "which model of a document that holds several (default: the first)")
  private String modelName;

  @Mixin private InputOptions input;

  @Option(
      names = "--expected",
      paramLabel = "FILE",
      description =
          "expected results for the rows of --input, in their order and read in the same way; columns"
              + " named as results of the model are compared, an empty cell is no value")
  private String expected;

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description = "the results to compare with --expected (default: all that the file has)")
  private List<String> columns = List.of();

  @Option(
      names = "--tolerance",
      paramLabel = "R",
      description =
          "how far a number may be from the expected one, or that of --against from Agrippa's, as a"
              + " share of it (1e-13, --against: 1e-6)")
  private Double tolerance;

  @Option(
      names = "--zero-tolerance",
      paramLabel = "A",
      description = "two numbers that both lie this close to zero agree (1e-13, --against: 1e-16)")
  private Double zeroTolerance;

  @Option(
      names = "--against",
      paramLabel = "E",
      description = "compare with another evaluator: pmml4s, a second opinion with known faults")
  private String against;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "of --against: compare the first N rows only")
  private Long limit;

  @Option(
      names = "--differences",
      paramLabel = "N",
      description = "of --against: show the first N differences (default: 20); all are counted")
  private Integer differences;

  @Option(
      names = "--cases",
      paramLabel = "DIR",
      description = "folder with the cases, as SOURCE/CASE/case.json")
  private Path cases;

  @Option(
      names = "--only",
      paramLabel = "TEXT",
      description = "run only the cases whose SOURCE/CASE contains this text")
  private String only = "";

  @Option(
      names = "--floor",
      paramLabel = "FILE",
      description = "fail if a case that this file lists does not pass")
  private Path floor;

  @Option(
      names = "--raise-floor",
      description = "add the cases that passed to the file of --floor; it never loses one")
  private boolean raise;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "cases at a time (default: one a core)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "as one JSON object")
  private boolean json;

  VerifyCommand() {
    this(new EngineScorer());
  }

  VerifyCommand(CaseScorer scorer) {
    this.scorer = scorer;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (against == null && (limit != null || differences != null)) {
      throw new ParameterException(
          spec.commandLine(), "--limit and --differences are for --against pmml4s; give it");
    }
    if (against != null) {
      return seekOpinion();
    }
    if (expected != null) {
      return verifyAgainst();
    }
    if (inputGiven() || tolerance != null || zeroTolerance != null || !columns.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--input, --tolerance, --zero-tolerance and --columns are for --expected FILE (all but --columns for --against too); give it");
    }
    if ((model == null) == (cases == null)) {
      throw new ParameterException(
          spec.commandLine(), "name a model, or --cases DIR; one of them and not both");
    }
    if (model != null) {
      return verifyModel();
    }
    if (modelName != null) {
      throw new ParameterException(spec.commandLine(), "--model-name is for a model, not --cases");
    }
    if (raise && floor == null) {
      throw new ParameterException(spec.commandLine(), "--raise-floor needs --floor FILE");
    }
    if (raise && !only.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--raise-floor needs all cases; drop --only");
    }
    if (threads < 1) {
      throw new ParameterException(
          spec.commandLine(), "--threads " + threads + ": must be 1 or more");
    }
    List<ConformanceCase> chosen =
        new CaseReader().read(cases).stream().filter(c -> c.id().contains(only)).toList();
    Scoreboard scoreboard = Conformance.run(chosen, scorer, threads);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter people = json ? spec.commandLine().getErr() : out;
    Report.print(scoreboard, people);
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(Report.json(scoreboard)));
    }
    return floor == null ? 0 : checkFloor(scoreboard, people);
  }

  private int verifyModel() throws IOException {
    refuseCaseOptions();
    return tell(Agrippa.verify(place()), "its ModelVerification");
  }

  private int verifyAgainst() throws IOException {
    refuseCaseOptions();
    if (model == null || !inputGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--expected needs a model and --input with the rows to score");
    }
    Tolerance accepted =
        new Tolerance(
            tolerance == null ? TOLERANCE : tolerance,
            zeroTolerance == null ? TOLERANCE : zeroTolerance);
    VerificationReport report =
        Agrippa.verify(place(), input.dataset(), input.dataset(expected), columns, accepted);
    return tell(report, expected);
  }

  private boolean inputGiven() {
    return spec.commandLine().getParseResult().hasMatchedOption("--input");
  }

  private void refuseCaseOptions() {
    if (cases != null || floor != null || raise || !only.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--cases, --only, --floor and --raise-floor are not for a model; leave them out");
    }
  }

  private Job.ModelPlace place() {
    return new Job.ModelPlace(model, Optional.empty(), Optional.ofNullable(modelName));
  }

  private int tell(VerificationReport report, String against) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(VerificationText.json(model, report)));
    } else {
      VerificationText.print(model, against, report, out);
    }
    return report.agrees() ? 0 : FAILED;
  }

  private int seekOpinion() throws IOException {
    refuseCaseOptions();
    if (model == null || expected != null || !columns.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--against needs a model, and goes with neither --expected nor --columns");
    }
    if (!against.equals(Job.PMML4S_EVALUATOR)) {
      throw new ParameterException(
          spec.commandLine(),
          "--against %s: there is no such evaluator to compare with; use %s"
              .formatted(against, Job.PMML4S_EVALUATOR));
    }
    OpinionOptions usual = OpinionOptions.DEFAULT;
    Tolerance accepted =
        new Tolerance(
            tolerance == null ? usual.tolerance().relative() : tolerance,
            zeroTolerance == null ? usual.tolerance().absolute() : zeroTolerance);
    SecondOpinion opinion =
        Agrippa.secondOpinion(
            place(),
            inputGiven() ? Optional.of(input.dataset()) : Optional.empty(),
            new OpinionOptions(
                accepted,
                differences == null ? usual.mostDifferences() : differences,
                limit == null ? usual.limit() : OptionalLong.of(limit)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(OpinionText.json(model, opinion)));
    } else {
      OpinionText.print(model, opinion, out);
    }
    return opinion.different() == 0 ? 0 : FAILED;
  }

  private int checkFloor(Scoreboard scoreboard, PrintWriter people) throws IOException {
    Floor held = raise && !Files.exists(floor) ? new Floor(Set.of()) : Floor.read(floor);
    List<String> fallen = held.fallen(scoreboard).stream().filter(id -> id.contains(only)).toList();
    if (!fallen.isEmpty()) {
      people.printf(
          "%n%d cases of the floor %s do not pass: %s%n",
          fallen.size(), floor, String.join(", ", fallen));
      return FAILED;
    }
    Floor raised = held.raised(scoreboard);
    if (raise) {
      raised.write(floor);
    }
    people.printf(
        "the floor %s of %d cases holds; %s%n",
        floor,
        held.cases().size(),
        raise
            ? "it is " + raised.cases().size() + " now"
            : "it may rise to " + raised.cases().size());
    return 0;
  }
}
