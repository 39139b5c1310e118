package io.agrippa.engine;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.InputField;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.RegressionModel;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a model is.
 *
 * @param place where its document came from
 * @param digest SHA-256 of the document, hexadecimal
 * @param bytes size of the document
 * @param pmmlVersion version of PMML that it is written in
 * @param header who made it; null where it does not say
 * @param models names of the models that the document holds, null where one has none
 * @param name the name of this one; null where it has none
 * @param element the element that it is, such as {@code MiningModel}
 * @param function what it does
 * @param algorithm how it was made; null where it does not say
 * @param inputs the fields that it takes
 * @param results the results that it gives
 * @param verificationRows rows that the document brings along to be verified with
 * @param size what it is made of
 */
public record ModelDescription(
    String place,
    String digest,
    long bytes,
    String pmmlVersion,
    Document.Header header,
    List<Optional<String>> models,
    String name,
    String element,
    ModelFrame.Function function,
    String algorithm,
    List<InputField> inputs,
    List<ResultField> results,
    int verificationRows,
    Size size) {
  public ModelDescription {
    models = List.copyOf(models);
    inputs = List.copyOf(inputs);
    results = List.copyOf(results);
  }

  /**
   * What a model is made of, all segments within it counted.
   *
   * @param elements number of model elements by name, the model itself included
   * @param segments segments of all segmentations
   * @param nodes nodes of all trees
   * @param leaves those without children
   * @param depth levels of the deepest tree; its root alone is one
   * @param terms coefficients of all regressions
   */
  public record Size(
      Map<String, Integer> elements,
      long segments,
      long nodes,
      long leaves,
      int depth,
      long terms) {
    public Size {
      elements = Map.copyOf(elements);
    }
  }

  static ModelDescription of(LoadedDocument loaded, CompiledModel model) {
    ModelFrame frame = model.frame();
    Counter counter = new Counter();
    loaded.document().models().stream()
        .filter(candidate -> candidate.frame().equals(frame))
        .forEach(counter::count);
    return new ModelDescription(
        loaded.document().place(),
        loaded.digest(),
        loaded.bytes(),
        loaded.document().version(),
        loaded.document().header(),
        loaded.document().models().stream()
            .map(each -> Optional.ofNullable(each.frame().modelName()))
            .toList(),
        frame.modelName(),
        frame.element(),
        frame.function(),
        frame.algorithmName(),
        model.inputs(),
        model.results(),
        frame.verification() == null ? 0 : frame.verification().table().rows().size(),
        counter.size());
  }

  private static final class Counter {
    private final Map<String, Integer> elements = new TreeMap<>();
    private long segments;
    private long nodes;
    private long leaves;
    private int depth;
    private long terms;

    void count(Model model) {
      elements.merge(model.frame().element(), 1, Integer::sum);
      if (model instanceof MiningModel mining) {
        segments += mining.isSequence() ? 0 : mining.segments().size();
        mining.segments().forEach(segment -> count(segment.model()));
      } else if (model instanceof TreeModel tree) {
        count(tree.nodes());
      } else if (model instanceof RegressionModel regression) {
        regression.tables().forEach(this::count);
      }
    }

    /** Nodes stand in depth-first order, so the ends of the open ones are a stack. */
    private void count(TreeNodes tree) {
      List<Integer> open = new ArrayList<>();
      for (int node = 0; node < tree.size(); node++) {
        while (!open.isEmpty() && open.get(open.size() - 1) <= node) {
          open.remove(open.size() - 1);
        }
        open.add(tree.end(node));
        depth = Math.max(depth, open.size());
        leaves += tree.isLeaf(node) ? 1 : 0;
        if (tree.embedded(node) != null) {
          count(tree.embedded(node));
        }
      }
      nodes += tree.size();
    }

    private void count(RegressionModel.RegressionTable table) {
      terms += table.numeric().size() + table.categorical().size() + table.terms().size();
    }

    Size size() {
      return new Size(elements, segments, nodes, leaves, depth, terms);
    }
  }
}
