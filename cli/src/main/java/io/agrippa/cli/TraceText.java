package io.agrippa.cli;

import io.agrippa.engine.compile.Trace;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a row's results come about, for people. */
final class TraceText {
  /** So many segments of an ensemble are told in full; of the others, what they predict. */
  private static final int TOLD_SEGMENTS = 10;

  private static final int CATEGORIES_SHOWN = 8;

  private final PrintWriter out;

  TraceText(PrintWriter out) {
    this.out = out;
  }

  void print(Trace trace) {
    inputs(trace.inputs());
    if (!trace.derived().isEmpty()) {
      out.println();
      Table derived = new Table("DERIVED", "VALUE", "LINE");
      for (Trace.Derived field : trace.derived()) {
        derived.add(
            field.field(),
            field.failed() ? "could not be computed" : text(field.value()),
            Integer.toString(field.line()));
      }
      derived.print(out);
    }
    out.println();
    model(trace.model(), "");
    out.println();
    if (trace.problem().isPresent()) {
      out.println("the row is refused: " + trace.problem().get());
    } else {
      Table results = new Table("RESULT", "VALUE");
      trace.results().forEach(result -> results.add(result.name(), text(result.value())));
      results.print(out);
    }
    out.flush();
  }

  private void inputs(List<Trace.Input> inputs) {
    Table table = new Table("INPUT", "GIVEN", "VALUE", "TREATMENT");
    for (Trace.Input input : inputs) {
      String treatment = input.treatment().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      table.add(
          input.field(),
          input.given().orElse("-"),
          text(input.value()),
          treatment + (input.used() ? "" : ", not used for this row"));
    }
    table.print(out);
  }

  private void model(Trace.Model model, String indent) {
    out.printf(
        "%s%s%s, %s %s (line %d)%n",
        indent,
        model.element(),
        model.name().map(name -> " \"" + name + "\"").orElse(""),
        switch (model.element()) {
          case "MiningModel" -> "multipleModelMethod";
          case "RegressionModel", "Regression" -> "normalizationMethod";
          default -> "missingValueStrategy";
        },
        model.method(),
        model.line());
    String inner = indent + "  ";
    int segments = 0;
    for (Trace.Step step : model.steps()) {
      if (step instanceof Trace.Segment segment) {
        segment(segment, inner, ++segments <= TOLD_SEGMENTS);
      } else {
        step(step, inner);
      }
    }
    if (segments > TOLD_SEGMENTS) {
      out.printf(
          "%s(segments behind the first %d in short; --json tells all)%n", inner, TOLD_SEGMENTS);
    }
    model
        .rescaling()
        .ifPresent(
            rescaling ->
                out.printf(
                    "%stargets: %s becomes %s%n",
                    inner, text(rescaling.before()), text(rescaling.after())));
    out.printf("%spredicts %s%n", inner, prediction(model.prediction()));
    for (Trace.Output output : model.outputs()) {
      out.printf(
          "%soutput %s (%s) = %s%n", inner, output.field(), output.feature(), text(output.value()));
    }
  }

  private void segment(Trace.Segment segment, String indent, boolean inFull) {
    String truth =
        segment.truth().map(value -> value.name().toLowerCase(Locale.ROOT)).orElse("not tested");
    String weight = segment.weight() == 1 ? "" : ", weight " + segment.weight();
    String predicts =
        segment
            .model()
            .map(model -> ": predicts " + prediction(model.prediction()))
            .orElse(": does not run");
    out.printf(
        "%ssegment %s if %s: %s%s%s%n",
        indent, segment.id(), segment.predicate(), truth, weight, predicts);
    if (inFull) {
      segment.model().ifPresent(model -> model(model, indent + "  "));
    }
  }

  private void step(Trace.Step step, String indent) {
    if (step instanceof Trace.NodeTest test) {
      out.printf(
          "%snode %s: %s is %s%n",
          indent, test.node(), test.predicate(), test.truth().name().toLowerCase(Locale.ROOT));
    } else if (step instanceof Trace.Strategy strategy) {
      out.printf(
          "%snode %s: %s%s%n",
          indent,
          strategy.node(),
          strategy.strategy(),
          strategy.to().map(node -> " leads to node " + node).orElse(""));
    } else if (step instanceof Trace.Table table) {
      table(table, indent);
    } else if (step instanceof Trace.Embedded embedded) {
      out.printf("%snode %s:%n", indent, embedded.node());
      model(embedded.model(), indent + "  ");
    }
  }

  private void table(Trace.Table table, String indent) {
    out.printf(
        "%stable%s%n", indent, table.category().map(category -> " for " + category).orElse(""));
    for (Trace.Term term : table.terms()) {
      List<String> factors = new ArrayList<>();
      term.values().forEach(value -> factors.add(text(value)));
      out.printf(
          "%s  %s (%s) times %s: %s%n",
          indent, term.what(), String.join(", ", factors), term.coefficient(), term.contribution());
    }
    out.printf("%s  intercept: %s%n", indent, table.intercept());
    out.printf("%s  in all: %s%n", indent, text(table.value()));
  }

  private static String prediction(Trace.Prediction prediction) {
    if (prediction.failed()) {
      return "nothing: it could not be computed";
    }
    return text(prediction.value())
        + prediction.entity().map(entity -> " from " + entity).orElse("")
        + shares("probabilities", prediction.probabilities())
        + shares("confidences", prediction.confidences());
  }

  private static String shares(String what, Map<String, Double> byCategory) {
    if (byCategory.isEmpty()) {
      return "";
    }
    String shown =
        byCategory.entrySet().stream()
            .limit(CATEGORIES_SHOWN)
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return " (" + what + ": " + shown + (byCategory.size() > CATEGORIES_SHOWN ? ", …)" : ")");
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("missing");
  }
}
