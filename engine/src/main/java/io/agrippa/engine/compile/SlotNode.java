package io.agrippa.engine.compile;

/** The values of a field. */
final class SlotNode extends Node {
  private final int slot;

  SlotNode(FieldHandle handle, FieldType type) {
    super(type);
    slot = handle.slot();
  }

  int slot() {
    return slot;
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    out.share(frame.vector(slot));
  }
}
