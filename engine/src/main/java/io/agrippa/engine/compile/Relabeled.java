package io.agrippa.engine.compile;

/** The values of an expression under another type that holds them as they are. */
final class Relabeled extends Node {
  private final Node node;

  Relabeled(Node node, FieldType type) {
    super(type);
    this.node = node;
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    node.evaluate(frame, out);
  }
}
