package io.agrippa.cli;

import io.agrippa.engine.compile.Trace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a row's results come about, as JSON. */
final class TraceJson {
  private TraceJson() {}

  static Map<String, Object> of(Trace trace) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("problem", trace.problem().orElse(null));
    Map<String, Object> results = new LinkedHashMap<>();
    trace.results().forEach(result -> put(results, result.name(), result.value()));
    json.put("results", results);
    json.put("inputs", trace.inputs().stream().map(TraceJson::input).toList());
    json.put("derived", trace.derived().stream().map(TraceJson::derived).toList());
    json.put("model", model(trace.model()));
    return json;
  }

  private static Map<String, Object> input(Trace.Input input) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("field", input.field());
    json.put("given", input.given().orElse(null));
    json.put("treatment", word(input.treatment()));
    put(json, "value", input.value());
    json.put("used", input.used());
    json.put("line", input.line());
    return json;
  }

  private static Map<String, Object> derived(Trace.Derived derived) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("field", derived.field());
    put(json, "value", derived.value());
    json.put("failed", derived.failed());
    json.put("line", derived.line());
    return json;
  }

  private static Map<String, Object> model(Trace.Model model) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("element", model.element());
    json.put("name", model.name().orElse(null));
    json.put("method", model.method());
    json.put("line", model.line());
    json.put("steps", model.steps().stream().map(TraceJson::step).toList());
    json.put("prediction", prediction(model.prediction()));
    model
        .rescaling()
        .ifPresent(
            rescaling -> {
              Map<String, Object> targets = new LinkedHashMap<>();
              put(targets, "before", rescaling.before());
              put(targets, "after", rescaling.after());
              json.put("targets", targets);
            });
    json.put("outputs", model.outputs().stream().map(TraceJson::output).toList());
    return json;
  }

  private static Map<String, Object> step(Trace.Step step) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (step instanceof Trace.NodeTest test) {
      json.put("step", "test");
      json.put("node", test.node());
      json.put("predicate", test.predicate());
      json.put("truth", word(test.truth()));
      json.put("line", test.line());
    } else if (step instanceof Trace.Strategy strategy) {
      json.put("step", "strategy");
      json.put("node", strategy.node());
      json.put("strategy", strategy.strategy());
      json.put("to", strategy.to().orElse(null));
    } else if (step instanceof Trace.Table table) {
      json.put("step", "table");
      json.put("category", table.category().orElse(null));
      json.put("terms", table.terms().stream().map(TraceJson::term).toList());
      Json.putNumber(json, "intercept", table.intercept());
      put(json, "value", table.value());
    } else if (step instanceof Trace.Embedded embedded) {
      json.put("step", "embedded");
      json.put("node", embedded.node());
      json.put("model", model(embedded.model()));
    } else if (step instanceof Trace.Segment segment) {
      json.put("step", "segment");
      json.put("id", segment.id());
      json.put("predicate", segment.predicate());
      json.put("truth", segment.truth().map(TraceJson::word).orElse(null));
      Json.putNumber(json, "weight", segment.weight());
      json.put("model", segment.model().map(TraceJson::model).orElse(null));
    }
    return json;
  }

  private static Map<String, Object> term(Trace.Term term) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("term", term.what());
    List<Object> values =
        term.values().stream()
            .map(
                value -> {
                  Map<String, Object> one = new LinkedHashMap<>();
                  put(one, "value", value);
                  return one.get("value");
                })
            .toList();
    json.put("values", values);
    Json.putNumber(json, "coefficient", term.coefficient());
    Json.putNumber(json, "contribution", term.contribution());
    return json;
  }

  private static Map<String, Object> prediction(Trace.Prediction prediction) {
    Map<String, Object> json = new LinkedHashMap<>();
    put(json, "value", prediction.value());
    if (!prediction.probabilities().isEmpty()) {
      json.put("probabilities", prediction.probabilities());
    }
    if (!prediction.confidences().isEmpty()) {
      json.put("confidences", prediction.confidences());
    }
    prediction.entity().ifPresent(entity -> json.put("entity", entity));
    json.put("failed", prediction.failed());
    return json;
  }

  private static Map<String, Object> output(Trace.Output output) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("field", output.field());
    json.put("feature", output.feature());
    put(json, "value", output.value());
    return json;
  }

  /** Numbers and truths as such, all else as text; null where there is no value. */
  private static void put(Map<String, Object> json, String name, Optional<?> value) {
    json.put(name, null);
    if (value.isPresent()) {
      if (value.get() instanceof Double || value.get() instanceof Float) {
        Json.putNumber(json, name, ((Number) value.get()).doubleValue());
      } else if (value.get() instanceof Number || value.get() instanceof Boolean) {
        json.put(name, value.get());
      } else {
        json.put(name, value.get().toString());
      }
    }
  }

  /** A constant as JSON has it: {@code MISSING_REPLACED} is {@code missingReplaced}. */
  static String word(Enum<?> constant) {
    String[] parts = constant.name().toLowerCase(Locale.ROOT).split("_", -1);
    StringBuilder word = new StringBuilder(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      word.append(Character.toUpperCase(parts[i].charAt(0))).append(parts[i].substring(1));
    }
    return word.toString();
  }
}
