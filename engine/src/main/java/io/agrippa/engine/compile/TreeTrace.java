package io.agrippa.engine.compile;

import io.agrippa.engine.model.TreeNodes;
import java.util.Optional;

/** Writes down which way a row takes through a tree. */
final class TreeTrace {
  private final TraceLog log;
  private final TreeNodes nodes;
  private final PredictionShape shape;

  TreeTrace(TraceLog log, TreeNodes nodes, PredictionShape shape) {
    this.log = log;
    this.nodes = nodes;
    this.shape = shape;
  }

  /** A node's predicate was tested. */
  void test(int node, int truth) {
    log.add(
        new Trace.NodeTest(
            id(node),
            PredicateText.of(nodes.predicate(node)),
            TraceLog.truth(truth),
            nodes.line(node)));
  }

  /**
   * A strategy was applied behind a node.
   *
   * @param to the node that it leads to; negative for none
   */
  void strategy(int node, Enum<?> strategy, int to) {
    log.add(
        new Trace.Strategy(
            id(node), TraceLog.word(strategy), to < 0 ? Optional.empty() : Optional.of(id(to))));
  }

  private String id(int node) {
    return shape.entityIds().get(node);
  }
}
