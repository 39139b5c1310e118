package io.agrippa.engine.run;

import java.io.IOException;

/** Makes what a job names, from nothing but the job. Safe for use by many threads. */
public interface Workbench {
  /**
   * Gets the job's parts ready.
   *
   * @throws IOException if the model or the input cannot be read, or the output cannot be written;
   *     the message names it
   */
  Workload open(Job job) throws IOException;
}
