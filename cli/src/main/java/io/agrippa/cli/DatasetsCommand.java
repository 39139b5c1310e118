package io.agrippa.cli;

import io.agrippa.datasets.Dataset;
import io.agrippa.datasets.Datasets;
import io.agrippa.datasets.Domain;
import io.agrippa.datasets.Generator;
import io.agrippa.datasets.Generators;
import io.agrippa.datasets.Variable;
import io.agrippa.engine.data.TypeText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the datasets that ship with the project and the generators. */
@Command(
    name = "datasets",
    description =
        "Lists the datasets and generators that ship with the project, or says more of one.",
    mixinStandardHelpOptions = true,
    subcommands = GenerateCommand.class,
    footer = {
      "",
      "Examples:",
      "  agrippa datasets",
      "  agrippa datasets flights",
      "  agrippa datasets generate higgs,rows=1000000 -o higgs.parquet"
    })
final class DatasetsCommand implements Callable<Integer> {
  private static final String PREFIX = "dataset:";
  private static final int CATEGORIES_SHOWN = 8;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "the dataset to say more of")
  private String name;

  @Option(names = "--json", description = "as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (name != null) {
      Dataset dataset =
          Datasets.named(name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name);
      if (json) {
        out.println(Json.text(json(dataset)));
      } else {
        print(dataset, out);
      }
    } else if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("datasets", Datasets.all().stream().map(DatasetsCommand::json).toList());
      all.put("generators", Generators.all().stream().map(DatasetsCommand::json).toList());
      out.println(Json.text(all));
    } else {
      list(out);
    }
    return 0;
  }

  private static void list(PrintWriter out) {
    Table datasets = new Table("DATASET", "ROWS", "COLUMNS", "SIZE", "LICENCE", "WHAT IT IS");
    for (Dataset dataset : Datasets.all()) {
      datasets.add(
          PREFIX + dataset.name(),
          String.format(Locale.ROOT, "%,d", dataset.rows()),
          Integer.toString(dataset.dictionary().size()),
          Summary.bytes(dataset.bytes()),
          dataset.licence().id(),
          dataset.title());
    }
    datasets.print(out);
    out.println();
    Table generators = new Table("GENERATOR", "PARAMETERS", "WHAT IT MAKES");
    for (Generator generator : Generators.all()) {
      generators.add(
          "generate:" + generator.name(),
          generator.parameters().stream()
              .map(p -> p.name() + "=" + p.standard())
              .collect(Collectors.joining(",")),
          generator.title());
    }
    generators.print(out);
  }

  private static void print(Dataset dataset, PrintWriter out) {
    out.println(PREFIX + dataset.name() + ": " + dataset.title());
    out.println(dataset.description());
    out.printf(
        Locale.ROOT,
        "%,d rows, %s (%s), SHA-256 %s%n",
        dataset.rows(),
        Summary.bytes(dataset.bytes()),
        dataset.file(),
        dataset.sha256());
    out.println("usual target: " + dataset.target());
    out.println("source: " + dataset.source().title() + ", " + dataset.source().url());
    out.println("taken from: " + dataset.source().packaging());
    out.println("cite as: " + dataset.source().citation());
    out.println("licence: " + dataset.licence().name() + ", " + dataset.licence().url());
    out.println(dataset.licence().notice());
    out.println();
    Table columns = new Table("COLUMN", "TYPE", "MISSING", "VALUES", "MEANING");
    for (Variable variable : dataset.dictionary()) {
      String unit = variable.unit().isEmpty() ? "" : " (" + variable.unit() + ")";
      columns.add(
          variable.name(),
          TypeText.of(variable.type()),
          String.format(Locale.ROOT, "%,d", variable.missing()),
          values(variable.domain()),
          variable.meaning() + unit);
    }
    columns.print(out);
  }

  private static String values(Domain domain) {
    if (domain instanceof Domain.Range range) {
      return range.least() + " to " + range.greatest();
    }
    if (domain instanceof Domain.Categories categories) {
      List<String> values = categories.categories().stream().map(Domain.Category::value).toList();
      String shown = values.stream().limit(CATEGORIES_SHOWN).collect(Collectors.joining(", "));
      return values.size() > CATEGORIES_SHOWN ? shown + ", … (" + values.size() + ")" : shown;
    }
    return String.format(
        Locale.ROOT, "%,d different ones", ((Domain.Identifiers) domain).distinct());
  }

  private static Map<String, Object> json(Dataset dataset) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", PREFIX + dataset.name());
    json.put("title", dataset.title());
    json.put("description", dataset.description());
    json.put("file", dataset.file());
    json.put("rows", dataset.rows());
    json.put("bytes", dataset.bytes());
    json.put("sha256", dataset.sha256());
    json.put("target", dataset.target());
    json.put("source", Map.of("title", dataset.source().title(), "url", dataset.source().url()));
    json.put("licence", dataset.licence().id());
    json.put("columns", dataset.dictionary().stream().map(DatasetsCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Variable variable) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", variable.name());
    json.put("type", TypeText.of(variable.type()));
    json.put("meaning", variable.meaning());
    json.put("unit", variable.unit());
    json.put("missing", variable.missing());
    return json;
  }

  private static Map<String, Object> json(Generator generator) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "generate:" + generator.name());
    json.put("title", generator.title());
    Map<String, Object> parameters = new LinkedHashMap<>();
    generator.parameters().forEach(p -> parameters.put(p.name(), p.standard()));
    json.put("parameters", parameters);
    return json;
  }
}
