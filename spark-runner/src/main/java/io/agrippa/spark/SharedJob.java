package io.agrippa.spark;

import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.process.JobCodec;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Workload;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the tasks of a job have in common: the model, the job, and the input that was opened for the
 * first of them. As the value of a broadcast variable it is there once in an executor's virtual
 * machine (and made again when Spark has had to drop it), so files are looked into once there, not
 * once a task; as locally, they must not change meanwhile. Safe for use by many threads.
 */
final class SharedJob implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SharedModel model;
  private final byte[] job;
  private final byte[] columns;
  private final ReentrantLock opening = new ReentrantLock(); // tasks that wait can be cancelled
  private transient Partitions partitions; // guarded by opening

  private SharedJob(SharedModel model, byte[] job, byte[] columns) {
    this.model = model;
    this.job = job;
    this.columns = columns;
  }

  /**
   * What tasks share.
   *
   * @param model the job's, if it has one
   * @param job as its workload on the driver has it; its limit is the driver's, who says how many
   *     rows of a partition count
   * @param columns the schema of the partitions there
   */
  static SharedJob of(Optional<ModelBytes> model, Job job, Schema columns) {
    return new SharedJob(
        model.map(SharedModel::of).orElseGet(SharedModel::none),
        MemoryBytes.of(out -> JobCodec.write(job.unlimited(), out)),
        MemoryBytes.of(out -> JobCodec.write(columns, out)));
  }

  /** The job of a task that writes to this output, or to none. */
  Job job(Optional<Job.Dataset> output) throws IOException {
    return JobCodec.readJob(in(job)).into(output);
  }

  /** The columns of all partitions. */
  Schema columns() throws IOException {
    return JobCodec.readSchema(in(columns));
  }

  /** The parts of a task's job. */
  Workload open(Job ofTask) throws IOException {
    return model.workbench().open(ofTask, columns());
  }

  /**
   * The partition at an address.
   *
   * @param load the parts of a task's job, which open the input where no task has before
   */
  Partition at(Workload load, byte[] address) throws IOException {
    try {
      opening.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the task was cancelled while the input was opened");
    }
    try {
      if (partitions == null) {
        try (Partitions opened = load.partitions()) { // nobody will ask what comes next
          partitions = opened;
        }
      }
      return partitions.at(address);
    } finally {
      opening.unlock();
    }
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
