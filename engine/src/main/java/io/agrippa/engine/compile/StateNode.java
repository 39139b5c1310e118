package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;

/** Whether a value is missing, or valid: never missing itself. */
final class StateNode extends Node {
  /** What is asked. */
  enum State {
    /** No value. */
    MISSING,
    /** A value, valid or not. */
    NOT_MISSING,
    /** A value that the document calls valid. */
    VALID,
    /** A value that the document calls invalid, but lets pass. */
    NOT_VALID
  }

  private final State state;
  private final Node argument;

  StateNode(State state, Node argument) {
    super(Types.BOOLEAN);
    this.state = state;
    this.argument = argument;
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    Vector in = frame.borrow();
    argument.evaluate(frame, in);
    double[] result = out.numberBuffer();
    for (int row = 0, rows = frame.rows(); row < rows; row++) {
      boolean missing = Bits.get(in.missing, row);
      boolean invalid = Bits.get(in.invalid, row);
      boolean holds =
          switch (state) {
            case MISSING -> missing;
            case NOT_MISSING -> !missing;
            case VALID -> !missing && !invalid;
            case NOT_VALID -> !missing && invalid;
          };
      result[row] = holds ? 1 : 0;
    }
    out.addErrors(in.errors);
    out.addMissing(in.errors);
    frame.release(in);
  }
}
