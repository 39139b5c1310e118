package io.agrippa.engine.pmml;

import io.agrippa.engine.model.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is complained about while a document is surveyed. */
final class Complaints {
  private final List<Refusal> refusals = new ArrayList<>();
  private final Set<String> lost = new HashSet<>();

  void add(String subject, PmmlException complaint) {
    refusals.add(new Refusal(complaint.line(), subject, complaint.problem()));
  }

  /** Notes the name of something that is not read. */
  void lose(String name) {
    if (name != null) {
      lost.add(name);
    }
  }

  /** How many there are so far. */
  int count() {
    return refusals.size();
  }

  List<Refusal> refusals() {
    return refusals;
  }

  Set<String> lost() {
    return lost;
  }
}
