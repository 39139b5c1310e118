package io.agrippa.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the datasets and generators, or shows one dataset. */
@Command(
    name = "datasets",
    description = "Lists the datasets that ship with Agrippa, or shows one with its columns.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Wherever an input is asked for, dataset:NAME is one of the datasets and"
          + " generate:NAME,PARAMETER=VALUE,… a generated one.",
      "",
      "Examples:",
      "  agrippa datasets",
      "  agrippa datasets flights",
      "  agrippa datasets --check"
    })
final class DatasetsCommand implements Callable<Integer> {
  private static final int FEW_CATEGORIES = 12;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "the dataset to show")
  private String name;

  @Option(names = "--check", description = "read the files and compare their SHA-256")
  private boolean check;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<Dataset> chosen = name == null ? Datasets.all() : List.of(Datasets.named(name));
    if (check) {
      for (Dataset dataset : chosen) {
        dataset.verify();
      }
    }
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("datasets", chosen.stream().map(DatasetsCommand::json).toList());
      if (name == null) {
        object.put("generators", Generators.all());
      }
      out.println(new ObjectMapper().writeValueAsString(object));
    } else if (name == null) {
      list(chosen, out);
    } else {
      show(chosen.get(0), out);
    }
    if (check) {
      spec.commandLine().getErr().printf("%d files are those of the catalogue%n", chosen.size());
    }
    return 0;
  }

  private static void list(List<Dataset> datasets, PrintWriter out) {
    Table table = new Table();
    table.row("dataset", "rows", "columns", "licence", "");
    for (Dataset d : datasets) {
      table.row(
          "dataset:" + d.name(),
          "%,d".formatted(d.rows()),
          d.dictionary().size(),
          d.licence().id(),
          d.title());
    }
    table.print(out, "");
    out.println();
    Table generators = new Table();
    generators.row("generator", "parameters", "");
    for (Generator g : Generators.all()) {
      generators.row(
          "generate:" + g.name(),
          g.parameters().stream()
              .map(p -> p.name() + "=" + p.standard())
              .collect(Collectors.joining(",")),
          g.title());
    }
    generators.print(out, "");
  }

  private static void show(Dataset d, PrintWriter out) {
    out.printf("dataset:%s: %s%n%n%s%n%n", d.name(), d.title(), d.description());
    Table facts = new Table();
    facts.row("rows", "%,d".formatted(d.rows()));
    facts.row("file", d.file() + " (" + d.format() + ", " + "%,d".formatted(d.bytes()) + " bytes)");
    facts.row("sha256", d.sha256());
    facts.row("target", d.target());
    facts.row("source", d.source().title() + ", " + d.source().url());
    facts.row("packaging", d.source().packaging());
    facts.row("citation", d.source().citation());
    facts.row("licence", d.licence().name() + ", " + d.licence().url());
    facts.row("notice", d.licence().notice());
    facts.print(out, "");
    out.println();
    Table columns = new Table();
    columns.row("column", "type", "missing", "values", "meaning");
    for (Variable v : d.dictionary()) {
      columns.row(
          v.name(),
          TypeText.of(v.type()),
          v.missing(),
          values(v.domain()),
          v.unit().isEmpty() ? v.meaning() : v.meaning() + " [" + v.unit() + "]");
    }
    columns.print(out, "  ");
  }

  private static String values(Domain domain) {
    if (domain instanceof Domain.Range range) {
      return range.least() + " … " + range.greatest();
    }
    if (domain instanceof Domain.Categories list) {
      int size = list.categories().size();
      return size > FEW_CATEGORIES
          ? size + " categories"
          : list.categories().stream().map(Domain.Category::value).collect(Collectors.joining(" "));
    }
    return ((Domain.Identifiers) domain).distinct() + " distinct";
  }

  private static Map<String, Object> json(Dataset d) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("name", d.name());
    object.put("title", d.title());
    object.put("description", d.description());
    object.put("file", d.file());
    object.put("format", d.format());
    object.put("rows", d.rows());
    object.put("bytes", d.bytes());
    object.put("sha256", d.sha256());
    object.put("target", d.target());
    object.put("source", d.source());
    object.put("licence", d.licence());
    object.put(
        "columns",
        d.dictionary().stream()
            .map(
                v -> {
                  Map<String, Object> column = new LinkedHashMap<>();
                  column.put("name", v.name());
                  column.put("type", TypeText.of(v.type()));
                  column.put("meaning", v.meaning());
                  column.put("unit", v.unit());
                  column.put("missing", v.missing());
                  column.put("domain", v.domain());
                  return column;
                })
            .toList());
    return object;
  }
}
