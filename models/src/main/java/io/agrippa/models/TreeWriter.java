package io.agrippa.models;

import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import smile.base.cart.CART;
import smile.base.cart.InternalNode;
import smile.base.cart.LeafNode;
import smile.base.cart.Node;
import smile.base.cart.NominalNode;
import smile.base.cart.OrdinalNode;

/**
 * Makes Smile's trees into TreeModels. Of two children the first holds the test and the second
 * takes the rest.
 */
final class TreeWriter {
  private final List<Feature> features;
  private final LeafWriter leaves;

  /**
   * A writer.
   *
   * @param features the features that the trees were learnt from
   * @param leaves opens the node of a leaf
   */
  TreeWriter(List<Feature> features, LeafWriter leaves) {
    this.features = List.copyOf(features);
    this.leaves = leaves;
  }

  /** Opens the node of a leaf: {@code builder.open} with this predicate, and what follows it. */
  @FunctionalInterface
  interface LeafWriter {
    /** Opens the node and gives its number; the caller closes it. */
    int open(TreeNodes.Builder builder, Predicate predicate, LeafNode leaf);
  }

  TreeModel model(PmmlFrame frame, CART tree, ModelFrame.Function function) {
    Set<Integer> tested = new TreeSet<>();
    TreeNodes.Builder builder = new TreeNodes.Builder();
    write(builder, new Predicate.True(), tree.root(), tested);
    return new TreeModel(
        frame.inner("TreeModel", function, tested.stream().map(features::get).toList()),
        TreeModel.MissingValueStrategy.NONE,
        1,
        TreeModel.NoTrueChildStrategy.RETURN_NULL_PREDICTION,
        builder.build());
  }

  private void write(
      TreeNodes.Builder builder, Predicate predicate, Node node, Set<Integer> tested) {
    if (node instanceof LeafNode leaf) {
      builder.close(leaves.open(builder, predicate, leaf));
      return;
    }
    InternalNode internal = (InternalNode) node;
    tested.add(internal.feature());
    int open = builder.open(null, null, Double.NaN, null, predicate, 0);
    write(builder, test(internal), internal.trueChild(), tested);
    write(builder, new Predicate.True(), internal.falseChild(), tested);
    builder.close(open);
  }

  private Predicate test(InternalNode node) {
    Feature feature = features.get(node.feature());
    if (node instanceof NominalNode nominal) {
      return new Predicate.Simple(
          feature.name(),
          Predicate.Operator.EQUAL,
          ((Feature.Categorical) feature).levels().get(SmileFields.category(nominal)),
          0);
    }
    return new Predicate.Simple(
        feature.name(),
        Predicate.Operator.LESS_OR_EQUAL,
        Decimal.text(SmileFields.threshold((OrdinalNode) node)),
        0);
  }
}
