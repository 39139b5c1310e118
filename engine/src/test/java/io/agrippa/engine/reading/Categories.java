package io.agrippa.engine.reading;

import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.RegressionModel.RegressionTable;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The categories of a classification in the order in which the document names them, which decides
 * between equals: those of a tree's distributions, then of its scores; those of a regression's
 * tables; of an ensemble those of its segments; at last those that only the Target has.
 */
final class Categories {
  private Categories() {}

  static Set<Object> of(Model model, Scope row) {
    Category category = Category.of(row);
    Set<Object> categories = new LinkedHashSet<>();
    if (model instanceof TreeModel tree) {
      categories.addAll(of(tree.nodes(), category));
    } else if (model instanceof RegressionModel regression) {
      for (RegressionTable table : regression.tables()) {
        categories.add(category.of(table.targetCategory()));
      }
    } else {
      MiningModel mining = (MiningModel) model;
      for (MiningModel.Segment segment : MiningReading.giving(mining)) {
        categories.addAll(of(segment.model(), row.nested(segment.model())));
      }
    }
    Target target = Targets.of(row.frame(), category.name());
    if (target != null) {
      for (Target.TargetValue value : target.values()) {
        if (value.value() != null && !Double.isNaN(value.priorProbability())) {
          categories.add(category.of(value.value()));
        }
      }
    }
    return categories;
  }

  static Set<Object> of(TreeNodes nodes, Category category) {
    Set<Object> categories = new LinkedHashSet<>();
    nodes.labels().forEach(label -> categories.add(category.of(label)));
    for (int node = 0; node < nodes.size(); node++) {
      if (nodes.scoreText(node) != null) {
        categories.add(category.of(nodes.scoreText(node)));
      }
    }
    return categories;
  }

  /** Whether a classification gives probabilities: then all of its parts do. */
  static boolean haveProbabilities(Model model) {
    // A Target counts for the model's target; segments of these tests have no other.
    if (model.frame().targets().stream().anyMatch(Targets::hasPriors)) {
      return true;
    }
    if (model instanceof TreeModel tree) {
      return tree.nodes().distributionStart(tree.nodes().size()) > 0;
    }
    if (model instanceof MiningModel mining && MiningReading.selects(mining.method())) {
      return MiningReading.giving(mining).stream().anyMatch(s -> haveProbabilities(s.model()));
    }
    return true;
  }

  /** Whether a classification gives confidences. */
  static boolean haveConfidences(Model model) {
    if (model instanceof TreeModel) {
      return haveProbabilities(model);
    }
    return model instanceof MiningModel mining
        && MiningReading.selects(mining.method())
        && MiningReading.giving(mining).stream().anyMatch(s -> haveConfidences(s.model()));
  }
}
