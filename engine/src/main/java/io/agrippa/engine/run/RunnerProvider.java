package io.agrippa.engine.run;

import java.util.List;

/** Makes runners of some kinds; found with {@link java.util.ServiceLoader}. */
public interface RunnerProvider {
  /** The kinds it makes: what stands in front of the colon, in the order in which to list them. */
  List<String> kinds();

  /**
   * A runner of one of its kinds.
   *
   * @param kind one of {@link #kinds()}
   * @param argument what stands behind the colon, or null without a colon
   * @throws IllegalArgumentException if the argument is not one of this kind; the message says
   *     which are
   */
  Runner runner(String kind, String argument);
}
