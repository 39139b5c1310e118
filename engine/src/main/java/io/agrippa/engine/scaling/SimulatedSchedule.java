package io.agrippa.engine.scaling;

/**
 * Which simulated worker gets which partition, in the words of the runners that share them. What is
 * simulated hands out partitions without a bound on how many wait for their turn to be put out, and
 * nobody helps with a partition that another has begun.
 *
 * @param kind the rule
 * @param chunk partitions that are handed out together
 */
public record SimulatedSchedule(Kind kind, int chunk) {
  /** The rules. */
  public enum Kind {
    /** Chunks go round the workers in turn. */
    STATIC,
    /** Who is done takes the next chunk. */
    DYNAMIC,
    /** Who is done takes half of an even share of what is left. */
    GUIDED,
    /** As static, but who has none left takes the foremost that another has not begun. */
    STEALING
  }

  /** Who is done takes the next partition. */
  public static final SimulatedSchedule NEXT = new SimulatedSchedule(Kind.DYNAMIC, 1);

  public SimulatedSchedule {
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk " + chunk + ": it has to be 1 or more");
    }
  }

  /**
   * A schedule as the names of runners have it: {@code static}, {@code dynamic:8}, {@code guided},
   * {@code stealing}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static SimulatedSchedule parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    int chunk;
    try {
      chunk = colon < 0 ? 1 : Integer.parseInt(text.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw wrong(text, e);
    }
    return switch (name) {
      case "static" -> new SimulatedSchedule(Kind.STATIC, chunk);
      case "dynamic" -> new SimulatedSchedule(Kind.DYNAMIC, chunk);
      case "guided" -> new SimulatedSchedule(Kind.GUIDED, chunk);
      case "stealing" -> new SimulatedSchedule(Kind.STEALING, chunk);
      default -> throw wrong(text, null);
    };
  }

  private static IllegalArgumentException wrong(String text, Throwable cause) {
    return new IllegalArgumentException(
        "schedule \"" + text + "\": use static, dynamic, guided or stealing, with :CHUNK behind",
        cause);
  }
}
