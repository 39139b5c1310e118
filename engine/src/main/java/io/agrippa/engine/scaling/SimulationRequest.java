package io.agrippa.engine.scaling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What to simulate with the costs that a study measured.
 *
 * @param workers numbers of workers
 * @param transfer seconds of handing over a partition, one at a time
 * @param hazards what may go wrong
 */
public record SimulationRequest(
    List<Integer> workers, double transfer, Simulation.Hazards hazards) {
  /** Some numbers of workers, and nothing that goes wrong. */
  public static final SimulationRequest DEFAULT =
      new SimulationRequest(List.of(4, 16, 64), 0, new Simulation.Hazards(0, 0, 4, 0, 1));

  private static final String WORKERS = "workers";
  private static final String TRANSFER = "transfer";
  private static final String SKEW = "skew";
  private static final String STRAGGLERS = "stragglers";
  private static final String SLOWDOWN = "slowdown";
  private static final String FAILURES = "failures";
  private static final String RESTART = "restart";
  private static final Set<String> NAMES =
      new TreeSet<>(List.of(WORKERS, TRANSFER, SKEW, STRAGGLERS, SLOWDOWN, FAILURES, RESTART));
  private static final int MOST_WORKERS = 100_000;

  public SimulationRequest {
    workers = List.copyOf(workers);
    if (workers.isEmpty()) {
      throw new IllegalArgumentException("simulation: say how many workers, as in workers=4,16");
    }
    for (int count : workers) {
      if (count < 1 || count > MOST_WORKERS) {
        throw new IllegalArgumentException(
            "simulation: workers=%d is not from 1 to %d".formatted(count, MOST_WORKERS));
      }
    }
    if (!(transfer >= 0)) {
      throw new IllegalArgumentException("simulation: transfer=" + transfer + " is negative");
    }
  }

  /**
   * Reads a request from texts by name: {@code workers=4,16,64}; times are in seconds.
   *
   * @throws IllegalArgumentException if a name or value is wrong; the message says which are right
   */
  public static SimulationRequest parse(Map<String, String> texts) {
    for (String name : texts.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "simulation: there is no \"%s\"; use %s".formatted(name, String.join(", ", NAMES)));
      }
    }
    try {
      return new SimulationRequest(
          Stream.of(texts.getOrDefault(WORKERS, "4,16,64").split(","))
              .map(text -> Integer.valueOf(text.strip()))
              .toList(),
          number(texts, TRANSFER, "0"),
          new Simulation.Hazards(
              number(texts, SKEW, "0"),
              number(texts, STRAGGLERS, "0"),
              number(texts, SLOWDOWN, "4"),
              number(texts, FAILURES, "0"),
              number(texts, RESTART, "1")));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("simulation: a value is no number: " + e.getMessage(), e);
    }
  }

  private static double number(Map<String, String> texts, String name, String standard) {
    return Double.parseDouble(texts.getOrDefault(name, standard));
  }

  /** As texts by name, from which {@link #parse} makes the same again. */
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(WORKERS, String.join(",", workers.stream().map(String::valueOf).toList()));
    texts.put(TRANSFER, String.valueOf(transfer));
    texts.put(SKEW, String.valueOf(hazards.skew()));
    texts.put(STRAGGLERS, String.valueOf(hazards.stragglers()));
    texts.put(SLOWDOWN, String.valueOf(hazards.slowdown()));
    texts.put(FAILURES, String.valueOf(hazards.failures()));
    texts.put(RESTART, String.valueOf(hazards.restart()));
    return texts;
  }
}
