package io.agrippa.spark;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** A Spark application that scores many datasets in one session and writes their digests. */
public final class DigestsApplication {
  private DigestsApplication() {}

  /**
   * Scores.
   *
   * @param args a file of lines {@code model, tab, input}, and the file of digests to write
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (SparkSession session = SparkSession.builder().appName("digests").getOrCreate()) {
      Runner runner = new SessionRunner(session, "spark");
      List<String> digests = new ArrayList<>();
      for (String line : Files.readAllLines(Path.of(args[0]))) {
        digests.add(digest(line, runner));
      }
      Files.write(Path.of(args[1]), digests);
    }
  }

  /** The digest of one line. */
  static String digest(String line, Runner runner) throws IOException, InterruptedException {
    String[] places = line.split("\t", -1);
    Job job =
        Job.score(new Job.ModelPlace(places[0]), new Job.Dataset(places[1]))
            .with(RowPolicy.NULL)
            .with(new Partitioning.Rows(200));
    return Agrippa.run(job, runner, new RunControl()).measurement().outputDigest();
  }
}
