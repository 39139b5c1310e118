package io.agrippa.spark;

import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.RunnerProvider;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Runners on Spark: {@code spark:MASTER} submits a job to a master, {@code spark} alone uses the
 * session of the driver that it is asked in. Public for {@link java.util.ServiceLoader} only.
 */
public final class SparkRunnerProvider implements RunnerProvider {
  static final String KIND = "spark";

  @Override
  public List<String> kinds() {
    return List.of(KIND);
  }

  @Override
  public Runner runner(String kind, String argument) {
    if (argument != null) {
      return SubmitRunner.of(argument);
    }
    try {
      return Session.runner();
    } catch (NoClassDefFoundError e) {
      throw new IllegalArgumentException(
          "runner \"spark\": this is no Spark driver; name a master, for example spark:local[2] or spark:spark://host:7077",
          e);
    }
  }

  /** Apart, because Spark's classes are there in a driver only. */
  private static final class Session {
    static Runner runner() {
      SparkSession session = SparkSession.builder().appName("agrippa").getOrCreate();
      return new SessionRunner(session, KIND + ":" + session.sparkContext().master());
    }
  }
}
