package io.agrippa.engine.reading;

import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.OutputField;
import java.util.LinkedHashMap;
import java.util.Map;

/** A document as it reads: its first model, for one row at a time. */
final class Reading {
  private static final String NO_TARGET = "_target";

  private final Document document;
  private final Model model;

  Reading(Document document) {
    this.document = document;
    model = document.models().get(0);
  }

  /**
   * All results by name: the prediction under the name of the target, and the Output fields, which
   * come first where names are the same.
   *
   * @throws BadRow if the row has none
   */
  Map<String, Object> results(Map<String, Object> record) {
    Scope row = new Scope(document, model.frame(), record);
    Score score = Models.score(model, row);
    Map<String, Object> results = new LinkedHashMap<>();
    String target = Category.of(row).name();
    results.put(target == null ? NO_TARGET : target, Models.typed(score.value(), row));
    Outputs.of(score, row).forEach((name, output) -> results.put(name, output.value()));
    return results;
  }

  /** Names of the Output fields that are columns of results. */
  Iterable<String> finalOutputs() {
    return model.frame().output().stream()
        .filter(OutputField::finalResult)
        .map(OutputField::name)
        .toList();
  }
}
