package io.agrippa.spark;

import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.RunResult;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Workbench;
import java.io.IOException;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;

/**
 * Does jobs in a Spark session: the same rows with the same bits as local runners. Rows that are
 * only hashed and reduced have no order; a written output is a folder whose files, by name, are in
 * the order of the input.
 *
 * <p>What the job names by a path must be seen under that path by the driver and all executors.
 * Safe for use by many threads; the session stays its owner's.
 */
public final class SessionRunner implements Runner {
  private final SparkSession session;
  private final String name;

  /**
   * A runner in a session.
   *
   * @param name what it is called in measurements, such as {@code spark:local[2]}
   */
  public SessionRunner(SparkSession session, String name) {
    this.session = Objects.requireNonNull(session, "session");
    this.name = Objects.requireNonNull(name, "name");
  }

  @Override
  public String name() {
    return name;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the input has partitions that can be read only where they
   *     were found: those of standard input, of compressed text, and cuts by key
   */
  @Override
  public RunResult run(Job job, Workbench workbench, RunControl control)
      throws IOException, InterruptedException {
    return new SessionRun(session, name, job, workbench, control).run();
  }
}
