package io.agrippa.spark;

import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;

/**
 * How a task reads its partition's rows from what Spark hands it.
 *
 * @param <T> what Spark's partitions hold
 */
interface TaskInput<T> extends Serializable {
  /**
   * Opens the partition.
   *
   * @param shared what the tasks of the job have in common
   * @param load the job's parts, bound to the columns that the driver has found
   * @param elements what Spark hands the task
   * @return a reader, to be closed by the caller
   */
  BlockReader open(SharedJob shared, Workload load, Iterator<T> elements) throws IOException;
}
