package io.agrippa.engine.run;

import java.util.List;

/** The runners that need nothing but threads. Public for {@link java.util.ServiceLoader} only. */
public final class LocalRunnerProvider implements RunnerProvider {
  /** More threads than this are a slip of the finger: each may hold a block and an open file. */
  private static final int MAX_THREADS = 4096;

  @Override
  public List<String> kinds() {
    return List.of("serial", "threads");
  }

  @Override
  public Runner runner(String kind, String argument) {
    if (kind.equals("serial")) {
      if (argument != null) {
        throw new IllegalArgumentException(
            "runner \"serial:"
                + argument
                + "\": serial takes no argument; use serial or threads:N");
      }
      return new SerialRunner();
    }
    if (argument == null) {
      return new ThreadsRunner(Runtime.getRuntime().availableProcessors());
    }
    return new ThreadsRunner(threads(argument));
  }

  private static int threads(String argument) {
    String problem =
        "runner \"threads:%s\": the number of threads must be a whole number from 1 to %d; use for example threads:4"
            .formatted(argument, MAX_THREADS);
    int threads;
    try {
      threads = Integer.parseInt(argument);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(problem, e);
    }
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException(problem);
    }
    return threads;
  }
}
