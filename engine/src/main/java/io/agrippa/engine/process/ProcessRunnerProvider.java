package io.agrippa.engine.process;

import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.RunnerProvider;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The runner of worker processes. Public for {@link java.util.ServiceLoader} only. */
public final class ProcessRunnerProvider implements RunnerProvider {
  private static final int MAX_PROCESSES = 256;
  private static final Pattern ARGUMENT = Pattern.compile("(\\d{1,4})(?::(\\d{1,9})([kmg]))?");

  @Override
  public List<String> kinds() {
    return List.of("processes");
  }

  @Override
  public Runner runner(String kind, String argument) {
    if (argument == null) {
      return runner("processes", Runtime.getRuntime().availableProcessors(), 0);
    }
    Matcher matcher = ARGUMENT.matcher(argument);
    if (!matcher.matches()) {
      throw unfit(argument);
    }
    int workers = Integer.parseInt(matcher.group(1));
    if (workers < 1 || workers > MAX_PROCESSES) {
      throw unfit(argument);
    }
    long heap = 0;
    if (matcher.group(2) != null) {
      int shift = 10 * (1 + "kmg".indexOf(matcher.group(3)));
      heap = Long.parseLong(matcher.group(2)) << shift;
    }
    return runner("processes:" + argument, workers, heap);
  }

  /** Without a heap of their own, the workers share what this virtual machine may have. */
  private static Runner runner(String name, int workers, long heap) {
    long each = heap > 0 ? heap : Runtime.getRuntime().maxMemory() / workers;
    String asked = name.equals("processes") ? "processes:" + workers : name;
    return new ProcessRunner(asked, WorkerSettings.of(workers, each));
  }

  private static IllegalArgumentException unfit(String argument) {
    return new IllegalArgumentException(
        "runner \"processes:%s\": give a whole number of workers from 1 to %d, and behind another colon perhaps the heap of each; use for example processes:4 or processes:4:2g"
            .formatted(argument, MAX_PROCESSES));
  }
}
