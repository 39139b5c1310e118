package io.agrippa.engine.compile;

import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.OutputField;
import io.agrippa.engine.model.Refusal;
import io.agrippa.engine.model.TreeModel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is found wrong with a document whose models are compiled to learn just that. Complaints that
 * only follow from others (a field that could not be read is not known) are left out. Used by one
 * thread.
 */
final class Findings {
  private final Map<Key, Refusal> refusals = new LinkedHashMap<>();
  private final Set<String> lost;

  /** A fault is one however many consumers run into it. */
  private record Key(int line, String problem) {}

  /** A complaint that follows from another one. */
  static final class Consequence extends ModelException {
    private static final long serialVersionUID = 1L;

    Consequence(String place, int line, String message) {
      super(place, line, message);
    }
  }

  /**
   * Nothing found yet.
   *
   * @param lost names that are not known because they could not be read
   */
  Findings(Set<String> lost) {
    this.lost = new HashSet<>(lost);
  }

  void add(String subject, ModelException complaint) {
    if (!(complaint instanceof Consequence)) {
      refusals.putIfAbsent(
          new Key(complaint.line(), complaint.problem()),
          new Refusal(complaint.line(), subject, complaint.problem()));
    }
  }

  /** Notes that a field of this name is not known because something is wrong with it. */
  void lose(String name) {
    lost.add(name);
  }

  /** Notes that a model's results are not known. */
  void lose(Model model) {
    model.frame().output().stream().map(OutputField::name).forEach(lost::add);
    model.frame().miningSchema().forEach(field -> lost.add(field.name()));
    if (model instanceof MiningModel mining) {
      mining.segments().forEach(segment -> lose(segment.model()));
    } else if (model instanceof TreeModel tree) {
      for (int node = 0; tree.nodes().hasEmbedded() && node < tree.nodes().size(); node++) {
        if (tree.nodes().embedded(node) != null) {
          lose(tree.nodes().embedded(node));
        }
      }
    }
  }

  boolean isLost(String name) {
    return lost.contains(name);
  }

  List<Refusal> refusals() {
    return List.copyOf(refusals.values());
  }
}
