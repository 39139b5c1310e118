package io.agrippa.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import smile.classification.RandomForest;

/**
 * The models of the benchmarks, trained once and kept in a folder, so that every benchmark's JVM
 * uses the same.
 *
 * @param folder where they are kept
 */
record Models(Path folder) {
  /** How large the models are. */
  record Size(
      int boostedRows, int boostedTrees, int boostedDepth, int forestRows, int forestTrees) {
    /** As the tables report. */
    static final Size FULL = new Size(100_000, 500, 6, 14_000, 100);

    /** For a test of the benchmarks themselves. */
    static final Size SMALL = new Size(2_000, 20, 4, 500, 10);
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /** Trains what is not there yet. */
  void prepare(Size size) {
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file("boosted.pmml"))) {
        Booster booster =
            BoostedTrees.train(size.boostedRows, size.boostedTrees, size.boostedDepth);
        write("boosted.ubj", booster.toByteArray("ubj"));
        write("boosted.pmml", BoostedTrees.pmml(booster));
        booster.dispose();
      }
      if (!Files.exists(file("forest.pmml"))) {
        RandomForest forest = DeepForest.train(size.forestRows, size.forestTrees);
        try (ObjectOutputStream out =
            new ObjectOutputStream(Files.newOutputStream(file("forest.smile")))) {
          out.writeObject(forest);
        }
        write("forest.pmml", DeepForest.pmml(forest));
      }
      write("logistic.pmml", Logistic.pmml());
    } catch (IOException e) {
      throw new UncheckedIOException("models cannot be kept in " + folder, e);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost does not train", e);
    }
  }

  /** Under its name only when whole. */
  private void write(String name, byte[] bytes) throws IOException {
    Path part = file(name + ".part");
    Files.write(part, bytes);
    Files.move(part, file(name), StandardCopyOption.REPLACE_EXISTING);
  }

  byte[] pmml(Workload workload) {
    try {
      return Files.readAllBytes(file(workload + ".pmml"));
    } catch (IOException e) {
      throw new UncheckedIOException("the models are not prepared; run the main class", e);
    }
  }

  private Booster booster() {
    try {
      return XGBoost.loadModel(Files.readAllBytes(file("boosted.ubj")));
    } catch (IOException e) {
      throw new UncheckedIOException("the models are not prepared; run the main class", e);
    } catch (XGBoostError e) {
      throw new IllegalStateException("XGBoost does not load its model", e);
    }
  }

  /** Read by the same library, out of a file that {@link #prepare} wrote. */
  private RandomForest forest() {
    try (InputStream in = new ByteArrayInputStream(Files.readAllBytes(file("forest.smile")));
        ObjectInputStream objects = new ObjectInputStream(in)) {
      return (RandomForest) objects.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException("the models are not prepared; run the main class", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("Smile is not the one that wrote the forest", e);
    }
  }

  /** Rows for a workload. */
  static Rows rows(Workload workload, int count, double missing) {
    return switch (workload) {
      case BOOSTED -> Rows.numeric(41, count, BoostedTrees.COLUMNS).withMissing(42, missing);
      case FOREST -> Rows.numeric(43, count, DeepForest.COLUMNS).withMissing(44, missing);
      case LOGISTIC ->
          Rows.numeric(45, count, Logistic.COLUMNS)
              .withTexts(46, Logistic.TEXTS, Logistic.CATEGORIES)
              .withMissing(47, missing);
    };
  }

  private static String[] labels(Workload workload) {
    return switch (workload) {
      case BOOSTED, LOGISTIC -> new String[] {"yes"};
      case FOREST -> DeepForest.LABELS;
    };
  }

  /** An engine ready to score rows. */
  Contender contender(Workload workload, Workload.Engine engine, Rows rows) {
    boolean single = workload == Workload.BOOSTED;
    String[] labels = labels(workload);
    return switch (engine) {
      case AGRIPPA -> new AgrippaContender(pmml(workload), rows, labels);
      case AGRIPPA_ARRAYS -> new ArrayContender(pmml(workload), rows, labels);
      case AGRIPPA_RECORDS -> new RecordContender(pmml(workload), rows, single, labels);
      case JPMML -> new JpmmlContender(pmml(workload), rows, single, labels);
      case PMML4S -> new Pmml4sContender(pmml(workload), rows, single, labels);
      case XGBOOST -> new XgboostContender(booster(), rows);
      case SMILE ->
          workload == Workload.FOREST
              ? new SmileForestContender(forest(), rows)
              : new SmileLogisticContender(rows);
    };
  }

  /**
   * Compares an engine's predictions for all rows with Agrippa's.
   *
   * @param theirs scores these rows
   * @throws IllegalStateException if they differ; the message says where
   */
  void requireAgreement(
      Workload workload, Workload.Engine engine, Contender theirs, double missing, Rows rows) {
    try (Contender ours = contender(workload, Workload.Engine.AGRIPPA, rows)) {
      double[][] expected = theirs.results(theirs.score());
      double[][] actual = ours.results(ours.score());
      if (expected.length != rows.count() || actual.length != rows.count()) {
        throw new IllegalStateException(
            "%d rows, but %d results of %s and %d of Agrippa"
                .formatted(rows.count(), expected.length, engine.title(), actual.length));
      }
      double tolerance = engine.tolerance(workload);
      for (int r = 0; r < expected.length; r++) {
        for (int i = 0; i < expected[r].length; i++) {
          double difference = Math.abs(actual[r][i] - expected[r][i]);
          // Also where either is NaN.
          if (!(difference <= tolerance * (1 + Math.abs(expected[r][i])))) {
            throw new IllegalStateException(
                "%s, %s missing, row %d, result %d: %s gives %s, Agrippa %s"
                    .formatted(
                        workload, missing, r, i, engine.title(), expected[r][i], actual[r][i]));
          }
        }
      }
    }
  }
}
