package io.agrippa.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.agrippa.models.Zoo;
import io.agrippa.models.ZooModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the models of the zoo, or shows one. */
@Command(
    name = "models",
    description = "Lists the models that ship with Agrippa, or shows how one was made.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Wherever a model is asked for, model:NAME is one of these.",
      "",
      "Examples:",
      "  agrippa models",
      "  agrippa models flights-delay",
      "  agrippa describe model:flights-delay"
    })
final class ModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "the model to show")
  private String name;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<ZooModel> chosen = name == null ? Zoo.all() : List.of(Zoo.named(name));
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(Map.of("models", chosen)));
    } else if (name == null) {
      Table table = new Table();
      table.row("model", "algorithm", "learnt from", "");
      for (ZooModel m : chosen) {
        table.row("model:" + m.name(), m.algorithm(), m.data(), m.title());
      }
      table.print(out, "");
    } else {
      ZooModel model = chosen.get(0);
      out.printf("model:%s: %s%n%n", model.name(), model.title());
      for (String fact : model.facts()) {
        out.println(fact);
      }
      out.println("licence: " + model.licence());
    }
    return 0;
  }
}
