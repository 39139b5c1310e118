package io.agrippa.engine.run;

import java.util.List;

/** The runners that need nothing but threads. Public for {@link java.util.ServiceLoader} only. */
public final class LocalRunnerProvider implements RunnerProvider {
  /** More threads than this are a slip of the finger: each may hold a block and an open file. */
  private static final int MAX_THREADS = 4096;

  @Override
  public List<String> kinds() {
    return List.of("serial", "threads", "virtual");
  }

  @Override
  public Runner runner(String kind, String argument) {
    return switch (kind) {
      case "serial" -> {
        if (argument != null) {
          throw problem(kind, argument, "serial takes no argument; use serial or threads:N", null);
        }
        yield new SerialRunner();
      }
      case "threads" -> threads(ThreadKind.PLATFORM, argument);
      case "virtual" -> threads(ThreadKind.VIRTUAL, argument);
      default -> throw new IllegalArgumentException("no kind of this provider: " + kind);
    };
  }

  private static Runner threads(ThreadKind kind, String argument) {
    if (!kind.isAvailable()) {
      throw problem(
          kind.runner(),
          argument,
          "virtual threads need Java 21 or later, and this is Java "
              + Runtime.version().feature()
              + "; run on a newer Java or use threads:N",
          null);
    }
    if (argument == null) {
      return new ThreadsRunner(
          kind, Runtime.getRuntime().availableProcessors(), new Schedule.Shared());
    }
    int colon = argument.indexOf(':');
    String count = colon < 0 ? argument : argument.substring(0, colon);
    int threads = threads(kind, argument, count);
    if (colon < 0) {
      return new ThreadsRunner(kind, threads, new Schedule.Shared());
    }
    try {
      return new ThreadsRunner(kind, threads, Schedule.parse(argument.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw problem(kind.runner(), argument, e.getMessage(), e);
    }
  }

  private static int threads(ThreadKind kind, String argument, String count) {
    String remedy =
        "the number of threads must be a whole number from 1 to %d; use for example %s:4"
            .formatted(MAX_THREADS, kind.runner());
    int threads;
    try {
      threads = Integer.parseInt(count);
    } catch (NumberFormatException e) {
      throw problem(kind.runner(), argument, remedy, e);
    }
    if (threads < 1 || threads > MAX_THREADS) {
      throw problem(kind.runner(), argument, remedy, null);
    }
    return threads;
  }

  private static IllegalArgumentException problem(
      String kind, String argument, String remedy, Exception cause) {
    String name = argument == null ? kind : kind + ":" + argument;
    return new IllegalArgumentException("runner \"" + name + "\": " + remedy, cause);
  }
}
