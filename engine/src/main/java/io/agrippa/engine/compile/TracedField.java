package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import java.util.Optional;

/** A field whose value a trace shows. */
sealed interface TracedField {
  /** The slot of its values. */
  int slot();

  /**
   * A field that a MiningField treats.
   *
   * @param source slot of the values before
   * @param text gives the value before as text
   */
  record Treated(
      FieldHandle field, int source, Treatment treatment, Treatment.RowText text, int line)
      implements TracedField {
    @Override
    public int slot() {
      return field.slot();
    }

    /** What became of it in the traced row. */
    Trace.Input trace(Frame frame, TraceLog log) {
      boolean used = frame.isComputed(slot());
      Vector out = frame.vector(slot());
      return new Trace.Input(
          field.name(),
          Optional.ofNullable(text.text(frame, log.row())),
          treatment.done(frame.vector(source), out, log.row()),
          log.value(frame, out, field.type().dataType()),
          used,
          line);
    }
  }

  /** A derived field. */
  record Derived(FieldHandle field, int line) implements TracedField {
    @Override
    public int slot() {
      return field.slot();
    }

    /** Its value in the traced row. */
    Trace.Derived trace(Frame frame, TraceLog log) {
      Vector vector = frame.vector(slot());
      return new Trace.Derived(
          field.name(),
          log.value(frame, vector, field.type().dataType()),
          Bits.get(vector.errors, log.row()),
          line);
    }
  }
}
