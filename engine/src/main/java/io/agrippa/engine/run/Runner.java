package io.agrippa.engine.run;

import java.io.IOException;

/**
 * Does jobs. Whatever the runner, the output has the same rows with the same bits; local runners
 * keep their order too. Immutable; a runner may do many jobs, also at the same time.
 */
public interface Runner {
  /** The runner as it is asked for: {@code threads:2}. */
  String name();

  /**
   * Does a job and returns when its output stands under its name.
   *
   * <p>When it fails, the failure that comes first in input order is thrown, there is no output,
   * and what was opened is closed. Interrupting the calling thread cancels the run, as {@code
   * control} does.
   *
   * @param job what to do
   * @param workbench makes what the job names
   * @param control is told of the progress and may cancel
   * @return what was done and what it took, and what the rows were reduced to
   * @throws IOException if something could not be read or written
   * @throws BadRowException if a row could not be scored and the job asks to fail then
   * @throws InterruptedException if the run was cancelled
   */
  RunResult run(Job job, Workbench workbench, RunControl control)
      throws IOException, InterruptedException;
}
