package io.agrippa.engine.compile;

/** Where names of fields are resolved while compiling: what one model element sees. */
interface Scope {
  /**
   * The field of this name: a field of the MiningSchema (with its treatment), a derived field, or
   * an output of an earlier segment.
   *
   * @param line of the element that names it
   * @throws io.agrippa.engine.model.ModelException if there is none that this model sees
   */
  FieldHandle field(String name, int line);

  /** An error about the document, with its place. */
  io.agrippa.engine.model.ModelException error(int line, String message);
}
