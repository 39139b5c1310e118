package io.agrippa.cli;

import io.agrippa.models.Zoo;
import io.agrippa.models.ZooModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the models that ship with the project. */
@Command(
    name = "models",
    description = "Lists the models that ship with the project, or says more of one.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  agrippa models",
      "  agrippa models flights-delay",
      "  agrippa describe model:flights-delay"
    })
final class ModelsCommand implements Callable<Integer> {
  private static final String PREFIX = "model:";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "the model to say more of")
  private String name;

  @Option(names = "--json", description = "as one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<ZooModel> models = name == null ? Zoo.all() : List.of(Zoo.named(bare(name)));
    if (json) {
      out.println(Json.text(Map.of("models", models.stream().map(ModelsCommand::json).toList())));
    } else if (name == null) {
      Table table = new Table("MODEL", "ALGORITHM", "LEARNT FROM", "WHAT IT PREDICTS");
      models.forEach(m -> table.add(PREFIX + m.name(), m.algorithm(), m.data(), m.title()));
      table.print(out);
    } else {
      print(models.get(0), out);
    }
    return 0;
  }

  private static String bare(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  private static void print(ZooModel model, PrintWriter out) {
    out.println(PREFIX + model.name() + ": " + model.title());
    out.println("target: " + model.target());
    out.println("algorithm: " + model.algorithm());
    out.println("learnt from: " + model.data());
    out.println("licence: " + model.licence());
    model.facts().forEach(out::println);
  }

  private static Map<String, Object> json(ZooModel model) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", PREFIX + model.name());
    json.put("title", model.title());
    json.put("target", model.target());
    json.put("algorithm", model.algorithm());
    json.put("data", model.data());
    json.put("licence", model.licence());
    json.put("facts", model.facts());
    return json;
  }
}
