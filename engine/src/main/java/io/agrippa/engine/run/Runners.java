package io.agrippa.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Finds runners by name. */
public final class Runners {
  /** Kinds that live in modules of their own, or need a newer Java, and where to get them. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "spark",
          "the module agrippa-spark is not on the class path; ./agrippa adds it for --on spark:MASTER,"
              + " elsewhere add agrippa-spark-*.jar, or submit that jar with spark-submit");

  private Runners() {}

  /**
   * The runner of this name: {@code serial}; {@code threads} (one thread for each core) or {@code
   * threads:4}, with a schedule behind it as in {@code threads:4:guided} ({@code shared}, which is
   * the default, {@code static[:CHUNK]}, {@code dynamic[:CHUNK]}, {@code guided}, {@code stealing};
   * a chunk is a number of partitions); {@code virtual:4} on Java 21 or later, likewise; or a kind
   * that another module on the class path provides.
   *
   * @throws IllegalArgumentException if there is none; the message lists those there are
   */
  public static Runner named(String name) {
    int colon = name.indexOf(':');
    String kind = colon < 0 ? name : name.substring(0, colon);
    String argument = colon < 0 ? null : name.substring(colon + 1);
    List<String> kinds = new ArrayList<>();
    for (RunnerProvider provider :
        ServiceLoader.load(RunnerProvider.class, Runners.class.getClassLoader())) {
      if (provider.kinds().contains(kind)) {
        return provider.runner(kind, argument);
      }
      kinds.addAll(provider.kinds());
    }
    String remedy = ELSEWHERE.get(kind);
    throw new IllegalArgumentException(
        remedy != null
            ? "runner \"" + name + "\": " + remedy
            : "runner \""
                + name
                + "\": there is no such runner; use one of "
                + String.join(", ", kinds));
  }
}
