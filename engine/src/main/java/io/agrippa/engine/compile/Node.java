package io.agrippa.engine.compile;

/** A compiled expression. Immutable; shared by all workers. */
abstract class Node {
  private final FieldType type;

  Node(FieldType type) {
    this.type = type;
  }

  /** The static type of its values. */
  final FieldType type() {
    return type;
  }

  /** Computes the values for the frame's block into {@code out}, which is cleared. */
  abstract void evaluate(Frame frame, Vector out);
}
