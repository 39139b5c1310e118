package io.agrippa.engine.reading;

import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.OutputField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    Scope row = new Scope(document, model, record);
    Score score = Models.score(model, row);
    Map<String, Object> results = new LinkedHashMap<>();
    String target = Category.of(row).name();
    results.put(target == null ? NO_TARGET : target, Models.typed(score.value(), row));
    score.results().forEach((name, given) -> results.putIfAbsent(name, given.value()));
    Outputs.of(score, row).forEach((name, output) -> results.put(name, output.value()));
    return results;
  }

  /** Names of the Output fields that are columns of results, and of the target. */
  Iterable<String> finalNames() {
    List<String> names = new ArrayList<>();
    for (OutputField field : model.frame().output()) {
      if (field.finalResult()) {
        names.add(field.name());
      }
    }
    String target = Category.of(new Scope(document, model, Map.of())).name();
    boolean lists =
        model instanceof MiningModel mining && mining.method() == MiningModel.Method.SELECT_ALL;
    if (target != null && !lists) { // the list has the name of what its first segment predicts
      names.add(target);
    }
    return names;
  }
}
