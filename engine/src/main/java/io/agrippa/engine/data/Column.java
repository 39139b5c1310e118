package io.agrippa.engine.data;

/**
 * The values of one column in a {@link Block}. Arrays may be longer than the block has rows; what
 * lies behind is undefined. Immutable by contract (see the package).
 */
public sealed interface Column permits LongColumn, DoubleColumn, StringColumn, BinaryColumn {
  /** Whether the row has no value. A malformed value (see {@link Malformed}) is not missing. */
  boolean isMissing(int row);
}
