package io.agrippa.cli;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.compile.Trace;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells how a model comes to its results for one row. */
@Command(
    name = "trace",
    description = {
      "Tells how a model comes to its results for one row: what became of each value, the derived"
          + " fields, the way through each tree, the terms of regressions, what each segment"
          + " predicted, and the outputs. The results are to the bit those of score."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  agrippa trace churn.pmml age=41 region=north income=",
      "  agrippa trace churn.pmml --input customers.csv --row 17",
      "  agrippa trace model:flights-delay -i dataset:flights --row 2 --json"
    })
final class TraceCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "M", description = "PMML file, or model:NAME of the zoo")
  private String model;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "FIELD=VALUE",
      description = "a field of the row; those that are not given, or are empty, are missing")
  private List<String> fields = List.of();

  @Option(
      names = "--row",
      paramLabel = "N",
      description = "the row of --input, counted from 1; headers do not count")
  private Long row;

  @Option(
      names = "--model-name",
      paramLabel = "NAME",
      description = "which model of a document that holds several (default: the first)")
  private String modelName;

  @Mixin private InputOptions input;

  @Option(names = "--json", description = "as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Trace trace = trace();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.text(TraceJson.of(trace)));
    } else {
      new TraceText(out).print(trace);
    }
    return 0;
  }

  private Trace trace() throws IOException {
    Job.ModelPlace place =
        new Job.ModelPlace(model, Optional.empty(), Optional.ofNullable(modelName));
    boolean rowOfInput = spec.commandLine().getParseResult().hasMatchedOption("--input");
    if (rowOfInput == !fields.isEmpty() || rowOfInput == (row == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "give the row as FIELD=VALUE …, or name it with --input IN --row N; one of them");
    }
    return rowOfInput ? Agrippa.trace(place, input.dataset(), row) : Agrippa.trace(place, record());
  }

  private Map<String, String> record() {
    Map<String, String> record = new LinkedHashMap<>();
    for (String field : fields) {
      int equals = field.indexOf('=');
      if (equals <= 0) {
        throw new ParameterException(
            spec.commandLine(), "\"" + field + "\" is not of the form FIELD=VALUE");
      }
      String name = field.substring(0, equals);
      String value = field.substring(equals + 1);
      if (record.containsKey(name)) {
        throw new ParameterException(
            spec.commandLine(), "the field \"" + name + "\" is given twice; give it once");
      }
      record.put(name, value.isEmpty() ? null : value);
    }
    return record;
  }
}
