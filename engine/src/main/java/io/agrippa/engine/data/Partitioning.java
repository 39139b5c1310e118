package io.agrippa.engine.data;

/** How a dataset is cut into partitions. */
public sealed interface Partitioning {
  /** As the format cuts best: row groups, or some hundred kilobytes of text. */
  record Natural() implements Partitioning {}

  /** About so many rows each. */
  record Rows(long rows) implements Partitioning {
    public Rows {
      requirePositive("rows", rows);
    }
  }

  /** About so many bytes of input each. */
  record Bytes(long bytes) implements Partitioning {
    public Bytes {
      requirePositive("bytes", bytes);
    }
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "partitioning " + name + ":" + value + ": the size must be at least 1");
    }
  }
}
