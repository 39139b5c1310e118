package io.agrippa.spark;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.RunControl;
import io.agrippa.engine.run.Runner;
import io.agrippa.engine.run.Runners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Spark application that scores many datasets in one session and writes their digests. */
public final class DigestsApplication {
  private DigestsApplication() {}

  /**
   * Scores.
   *
   * @param args a file of lines {@code model, tab, input}, the file of digests to write, and how
   *     many of the first lines a query scores once more, whose digests come behind the others
   */
  public static void main(String[] args) throws Exception {
    try (SparkSession session = SparkSession.builder().appName("digests").getOrCreate()) {
      Runner runner = new SessionRunner(session, "spark");
      List<String> lines = Files.readAllLines(Path.of(args[0]));
      List<String> digests = new ArrayList<>(digests(lines, runner));
      for (String line : lines.subList(0, Integer.parseInt(args[2]))) {
        digests.add(digestOfQuery(line, session, args[1] + "-" + digests.size()));
      }
      Files.write(Path.of(args[1]), digests);
    }
  }

  /** The digests of lines, two jobs at a time. */
  static List<String> digests(List<String> lines, Runner runner) throws Exception {
    ExecutorService jobs = Executors.newFixedThreadPool(2);
    try {
      List<Future<String>> running = new ArrayList<>();
      for (String line : lines) {
        running.add(jobs.submit(() -> digest(line, runner)));
      }
      List<String> digests = new ArrayList<>();
      for (Future<String> digest : running) {
        digests.add(digest.get());
      }
      return digests;
    } finally {
      jobs.shutdownNow();
    }
  }

  /** The digest of one line that a query scores in blocks. */
  private static String digestOfQuery(String line, SparkSession session, String output)
      throws IOException, InterruptedException {
    String[] places = line.split("\t", -1);
    session.read().parquet(places[1]).createOrReplaceTempView("input");
    Dataset<Row> scored =
        session.sql(
            "SELECT s.* FROM (SELECT agrippa_score('%s', struct(*), map('badRows', 'null')) AS s FROM input)"
                .formatted(places[0]));
    if (!scored.queryExecution().executedPlan().toString().contains("Score [")) {
      throw new IllegalStateException("not in blocks: " + scored.queryExecution().executedPlan());
    }
    scored.write().parquet(output);
    return Agrippa.run(Job.read(new Job.Dataset(output)), Runners.named("serial"), new RunControl())
        .measurement()
        .outputDigest();
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
