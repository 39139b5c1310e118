package io.agrippa.engine;

import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.Refusal;
import io.agrippa.engine.pmml.DocumentSurvey;
import io.agrippa.engine.pmml.PmmlReader;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists all for which a document would be refused. */
final class Refusals {
  private Refusals() {}

  static List<Refusal> of(Job.ModelPlace place) throws IOException {
    DocumentSurvey survey;
    try (InputStream in = Catalogues.model(place.place())) {
      survey = PmmlReader.survey(in, place.place());
    }
    List<Refusal> refusals = new ArrayList<>(survey.refusals());
    if (survey.document().isPresent()) {
      Document document = survey.document().get();
      refusals.addAll(ModelCompiler.survey(document, place.name(), survey.lost()));
      if (refusals.isEmpty()) {
        asLoaded(document, place.name(), refusals);
      }
    }
    refusals.sort(Comparator.comparingInt(Refusal::line)); // stable: as met within a line
    return List.copyOf(refusals);
  }

  /** What is found out only when a model is chosen and verified. */
  private static void asLoaded(
      Document document, Optional<String> modelName, List<Refusal> refusals) {
    try {
      if (modelName.isPresent()) {
        ModelCompiler.compile(document, modelName.get()).verify();
        return;
      }
      ModelCompiler.compile(document);
    } catch (ModelException e) {
      refusals.add(new Refusal(e.line(), "document", e.problem()));
      return;
    }
    for (Model model : document.models()) {
      if (model.frame().scorable()) {
        try {
          ModelCompiler.compile(document, model).verify();
        } catch (ModelException e) {
          refusals.add(new Refusal(e.line(), "element ModelVerification", e.problem()));
        }
      }
    }
  }
}
