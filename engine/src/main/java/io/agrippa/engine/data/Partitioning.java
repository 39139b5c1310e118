package io.agrippa.engine.data;

import java.util.Objects;

/** How a dataset is cut into partitions. */
public sealed interface Partitioning {
  /** As the format cuts best: row groups, or some hundred kilobytes of text. */
  record Natural() implements Partitioning {
    @Override
    public String toString() {
      return "natural";
    }
  }

  /** About so many rows each. */
  record Rows(long rows) implements Partitioning {
    public Rows {
      requirePositive("rows", rows);
    }

    @Override
    public String toString() {
      return "rows:" + rows;
    }
  }

  /** About so many bytes of input each. */
  record Bytes(long bytes) implements Partitioning {
    public Bytes {
      requirePositive("bytes", bytes);
    }

    @Override
    public String toString() {
      return "bytes:" + bytes;
    }
  }

  /**
   * Into so many partitions of about the same size, or fewer where there is less to cut. One is
   * one, whatever the input. Of more, each is of one file, so of many files there may be as many
   * more as there are files; and the size must be known before it is read, which that of a
   * compressed text is not.
   */
  record Count(int partitions) implements Partitioning {
    public Count {
      requirePositive("count", partitions);
    }

    @Override
    public String toString() {
      return "count:" + partitions;
    }
  }

  /**
   * Cut only where the value of a field changes from one row to the next: all rows of a group that
   * stand together are in one partition, which may hold many groups. Rows keep their order. A value
   * may come back after others: its rows there are a group of their own, so whoever needs all rows
   * of a value together sorts the input by it first.
   */
  record Key(String field) implements Partitioning {
    public Key {
      Objects.requireNonNull(field, "field");
      if (field.isEmpty()) {
        throw new IllegalArgumentException("partitioning key: name the field, as in key:customer");
      }
    }

    @Override
    public String toString() {
      return "key:" + field;
    }
  }

  /**
   * A partitioning as its text writes it: {@code natural}, {@code rows:N}, {@code bytes:N}, {@code
   * count:K} or {@code key:FIELD}.
   *
   * @throws IllegalArgumentException if the text is none of these; the message says what they are
   */
  static Partitioning parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    String argument = colon < 0 ? "" : text.substring(colon + 1);
    return switch (kind) {
      case "rows" -> new Rows(size(text, argument));
      case "bytes" -> new Bytes(size(text, argument));
      case "count" -> new Count((int) Math.min(Integer.MAX_VALUE, size(text, argument)));
      case "key" -> new Key(argument);
      default -> {
        if (text.equals("natural")) {
          yield new Natural();
        }
        throw new IllegalArgumentException(
            "partitioning \""
                + text
                + "\": use natural, rows:N, bytes:N, count:K or key:FIELD, for example"
                + " rows:100000");
      }
    };
  }

  private static long size(String text, String argument) {
    try {
      return Long.parseLong(argument);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "partitioning \"" + text + "\": the size must be a whole number from 1 on", e);
    }
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "partitioning \"" + name + ":" + value + "\": the size must be a whole number from 1 on");
    }
  }
}
