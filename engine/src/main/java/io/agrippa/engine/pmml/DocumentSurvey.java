package io.agrippa.engine.pmml;

import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a document holds as far as it can be read, and all for which it is refused. The document is
 * to be looked at, never to score with: what could not be read is not in it.
 *
 * @param document empty where not even its frame could be read
 * @param refusals in the order in which they stand in the document
 * @param lost names of fields, functions and results that stand in what could not be read
 */
public record DocumentSurvey(
    Optional<Document> document, List<Refusal> refusals, Set<String> lost) {
  public DocumentSurvey {
    refusals = List.copyOf(refusals);
    lost = Set.copyOf(lost);
  }
}
