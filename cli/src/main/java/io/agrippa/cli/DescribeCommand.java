package io.agrippa.cli;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.ModelDescription;
import io.agrippa.engine.SampleReport;
import io.agrippa.engine.compile.InputField;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.data.TypeText;
import io.agrippa.engine.model.Decimals;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.Refusal;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a model is. */
@Command(
    name = "describe",
    description = {
      "Says what a model is: its fields, its results, what it is made of and who made it.",
      "With --input: also which rows of this data it would refuse and why, which columns it lacks and"
          + " which it does not need."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  agrippa describe model:flights-delay",
      "  agrippa describe churn.pmml --json",
      "  agrippa describe churn.pmml --unsupported",
      "  agrippa describe churn.pmml --input sample.csv"
    })
final class DescribeCommand implements Callable<Integer> {
  private static final int FAILED = 1;
  private static final int VALUES_SHOWN = 8;

  /** An annotation "name: value" with a name of up to so many letters is listed as a fact. */
  private static final int LONGEST_NAME = 24;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "M", description = "PMML file, or model:NAME of the zoo")
  private String model;

  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      description = "which model of a document that holds several (default: the first)")
  private String modelName;

  @Option(
      names = "--unsupported",
      description =
          "list all for which the document would be refused, not just the first; exit code 1 if"
              + " there is something")
  private boolean unsupported;

  @Mixin private InputOptions input;

  @Option(names = "--json", description = "as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Job.ModelPlace place =
        new Job.ModelPlace(model, Optional.empty(), Optional.ofNullable(modelName));
    if (unsupported) {
      if (sampled()) {
        throw new ParameterException(
            spec.commandLine(),
            "--unsupported is about the document alone; leave out the --input, or ask for it by"
                + " itself");
      }
      return listRefusals(place);
    }
    ModelDescription described = Agrippa.describe(place);
    Optional<SampleReport> sample =
        sampled() ? Optional.of(Agrippa.examine(place, input.dataset())) : Optional.empty();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> all = json(described);
      sample.ifPresent(report -> all.put("sample", SampleText.json(report)));
      out.println(Json.text(all));
    } else {
      print(described, out);
      sample.ifPresent(report -> SampleText.print(report, out));
    }
    return 0;
  }

  /** Whether there is data to look through: standard input only if it is named. */
  private boolean sampled() {
    return spec.commandLine().getParseResult().hasMatchedOption("--input");
  }

  private int listRefusals(Job.ModelPlace place) throws IOException {
    List<Refusal> refusals = Agrippa.refusals(place);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(RefusalText.json(model, refusals)));
    } else {
      RefusalText.print(model, refusals, out);
    }
    return refusals.isEmpty() ? 0 : FAILED;
  }

  private static void print(ModelDescription described, PrintWriter out) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("place", described.place());
    facts.put("model", title(described));
    facts.put("made of", contents(described.size()));
    if (described.models().size() > 1) {
      facts.put(
          "document",
          "holds "
              + described.models().stream()
                  .map(name -> name.orElse("one without a name"))
                  .collect(Collectors.joining(", ")));
    }
    facts.put(
        "format", "PMML " + described.pmmlVersion() + ", " + Summary.bytes(described.bytes()));
    facts.put("SHA-256", described.digest());
    facts.putAll(header(described.header()));
    if (described.verificationRows() > 0) {
      facts.put("verification", described.verificationRows() + " rows");
    }
    facts.forEach((name, value) -> out.printf(Locale.ROOT, "%-13s %s%n", name, value));
    out.println();
    Table inputs = new Table("INPUT", "TYPE", "USED AS", "VALUES");
    for (InputField field : described.inputs()) {
      inputs.add(
          field.name(),
          field.dataType().toString(),
          lower(field.opType()) + (field.need() == InputField.Need.UNUSED ? ", not needed" : ""),
          valid(field));
    }
    inputs.print(out);
    out.println();
    Table results = new Table("RESULT", "TYPE", "WHAT");
    for (ResultField field : described.results()) {
      String of = field.value() == null ? "" : " of " + field.value();
      results.add(field.name(), TypeText.of(field.type()), field.feature() + of);
    }
    results.print(out);
  }

  private static String title(ModelDescription described) {
    String name = described.name() == null ? "" : "\"" + described.name() + "\", ";
    String algorithm = described.algorithm() == null ? "" : " by " + described.algorithm();
    return name + described.element() + " for " + lower(described.function()) + algorithm;
  }

  private static String contents(ModelDescription.Size size) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(size.elements())
        .forEach(
            (element, count) ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%,d %s", count, element)));
    append(text, size.segments(), "segments");
    append(text, size.nodes(), "tree nodes");
    append(text, size.leaves(), "leaves");
    append(text, size.depth(), "levels in the deepest tree");
    append(text, size.terms(), "coefficients");
    return text.toString();
  }

  private static void append(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(String.format(Locale.ROOT, ", %,d %s", count, what));
    }
  }

  private static Map<String, String> header(Document.Header header) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (header == null) {
      return facts;
    }
    InputOptions.putIfGiven(facts, "about", header.description());
    if (header.application() != null) {
      String version = header.applicationVersion() == null ? "" : " " + header.applicationVersion();
      facts.put("made by", header.application() + version);
    }
    InputOptions.putIfGiven(facts, "made at", header.timestamp());
    InputOptions.putIfGiven(facts, "copyright", header.copyright());
    for (String annotation : header.annotations()) {
      int colon = annotation.indexOf(": ");
      if (colon > 0 && colon <= LONGEST_NAME) {
        facts.putIfAbsent(annotation.substring(0, colon), annotation.substring(colon + 2));
      }
    }
    return facts;
  }

  /** The values that are valid: those listed, or the ranges. */
  private static String valid(InputField field) {
    return field.ranges().isEmpty()
        ? values(field.values())
        : field.ranges().stream().map(DescribeCommand::range).collect(Collectors.joining(" or "));
  }

  private static String range(Interval range) {
    return (range.leftOpen() ? "(" : "[")
        + Decimals.text(range.left())
        + ", "
        + Decimals.text(range.right())
        + (range.rightOpen() ? ")" : "]");
  }

  private static String values(List<String> values) {
    String shown = values.stream().limit(VALUES_SHOWN).collect(Collectors.joining(", "));
    return values.size() > VALUES_SHOWN ? shown + ", … (" + values.size() + ")" : shown;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> json(ModelDescription described) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("place", described.place());
    json.put("sha256", described.digest());
    json.put("bytes", described.bytes());
    json.put("pmmlVersion", described.pmmlVersion());
    json.put("models", described.models().stream().map(name -> name.orElse(null)).toList());
    json.put("name", described.name());
    json.put("element", described.element());
    json.put("function", lower(described.function()));
    json.put("algorithm", described.algorithm());
    Document.Header header = described.header();
    if (header != null) {
      Map<String, Object> made = new LinkedHashMap<>();
      made.put("description", header.description());
      made.put("application", header.application());
      made.put("applicationVersion", header.applicationVersion());
      made.put("timestamp", header.timestamp());
      made.put("copyright", header.copyright());
      made.put("annotations", header.annotations());
      json.put("header", made);
    }
    ModelDescription.Size size = described.size();
    json.put("elements", new TreeMap<>(size.elements()));
    json.put("segments", size.segments());
    json.put("nodes", size.nodes());
    json.put("leaves", size.leaves());
    json.put("depth", size.depth());
    json.put("coefficients", size.terms());
    json.put("verificationRows", described.verificationRows());
    json.put("inputs", described.inputs().stream().map(DescribeCommand::json).toList());
    json.put("results", described.results().stream().map(DescribeCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Interval range) {
    Map<String, Object> json = new LinkedHashMap<>();
    Json.putNumber(json, "from", range.left());
    Json.putNumber(json, "to", range.right());
    json.put("fromOpen", range.leftOpen());
    json.put("toOpen", range.rightOpen());
    return json;
  }

  private static Map<String, Object> json(InputField field) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", field.name());
    json.put("dataType", field.dataType().toString());
    json.put("opType", lower(field.opType()));
    json.put("values", field.values());
    json.put("ranges", field.ranges().stream().map(DescribeCommand::json).toList());
    json.put("needed", field.need() == InputField.Need.READ);
    return json;
  }

  private static Map<String, Object> json(ResultField field) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", field.name());
    json.put("type", TypeText.of(field.type()));
    json.put("feature", field.feature());
    json.put("value", field.value());
    return json;
  }
}
