package io.agrippa.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is scored. */
enum Workload {
  /** 500 trees of up to 6 levels over 28 fields, trained by XGBoost: a probability. */
  BOOSTED,
  /** 100 deep trees, grown by Smile: three probabilities. */
  FOREST,
  /** A logistic regression with 50 numbers and 3 fields of 20 categories: a probability. */
  LOGISTIC;

  /**
   * The engines that can score it.
   *
   * @param missing share of missing values: Smile knows none
   */
  List<Engine> engines(double missing) {
    List<Engine> engines =
        new ArrayList<>(
            List.of(
                Engine.AGRIPPA,
                Engine.AGRIPPA_ARRAYS,
                Engine.AGRIPPA_RECORDS,
                Engine.JPMML,
                Engine.PMML4S));
    switch (this) {
      case BOOSTED -> engines.add(Engine.XGBOOST);
      case FOREST, LOGISTIC -> {
        if (missing == 0) {
          engines.add(Engine.SMILE);
        }
      }
    }
    return engines;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The engines compared. */
  enum Engine {
    /** This project, on blocks of rows. */
    AGRIPPA("Agrippa"),
    /** This project, a plain array a column. */
    AGRIPPA_ARRAYS("Agrippa, an array a column"),
    /** This project, a map a row. */
    AGRIPPA_RECORDS("Agrippa, a map a row"),
    /** A map a row. */
    JPMML("JPMML-Evaluator 1.7.7, a map a row"),
    /** An array a row. */
    PMML4S("PMML4S 0.9.15, an array a row"),
    /** Its native library, predicting in place. */
    XGBOOST("XGBoost4J 2.1.4, in place"),
    /** Its own objects. */
    SMILE("Smile 3.1.1");

    private final String title;

    Engine(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }

    /**
     * How far its results may be from Agrippa's, relative and absolute: engines that compute a
     * model of single precision in double differ in the sixth digit.
     */
    double tolerance(Workload workload) {
      return switch (workload) {
        case BOOSTED -> this == PMML4S ? 1e-4 : 2e-6;
        case FOREST, LOGISTIC -> 1e-9;
      };
    }
  }
}
