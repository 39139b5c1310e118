package io.agrippa.engine.model;

/** How the values of a field may be used. */
public enum OpType {
  /** Compared for equality. */
  CATEGORICAL,
  /** Compared for equality and order. */
  ORDINAL,
  /** Computed with. */
  CONTINUOUS
}
