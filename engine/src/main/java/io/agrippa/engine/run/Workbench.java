package io.agrippa.engine.run;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Schema;
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

  /**
   * Gets the parts of a job ready whose input somebody else has opened: what the job says of it is
   * only what it is called.
   *
   * @throws IOException as {@link #open(Job)}
   */
  Workload open(Job job, BlockSource input) throws IOException;

  /**
   * Gets the parts of a job ready in a process that is handed its input by another one. Its
   * operator is bound to blocks of these columns; its input is not touched until {@link
   * Workload#partitions} is called, which opens it to find partitions {@link
   * io.agrippa.engine.data.Partitions#at at addresses}. The model is not verified again: the other
   * process has verified the document of this digest.
   *
   * @param job what {@link Workload#job} gave there
   * @param columns the schema of the partitions there
   * @throws IOException if the model cannot be read or is another one; the message names it
   */
  Workload open(Job job, Schema columns) throws IOException;
}
