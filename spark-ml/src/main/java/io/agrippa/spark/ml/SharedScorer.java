package io.agrippa.spark.ml;

import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.Verify;
import io.agrippa.spark.DataFrameScorer;
import io.agrippa.spark.ScoringOptions;
import org.apache.spark.sql.SparkSession;

/**
 * What the copies of a transformer have in common: a document, and the scorer that holds it on the
 * executors. Safe for use by many threads.
 */
final class SharedScorer {
  private final ModelBytes document;
  private DataFrameScorer scorer; // guarded by this; null until it is first used
  private SparkSession session; // guarded by this; null for the session of a given scorer

  SharedScorer(ModelBytes document) {
    this.document = document;
  }

  SharedScorer(DataFrameScorer scorer) {
    this(scorer.document());
    this.scorer = scorer;
  }

  ModelBytes document() {
    return document;
  }

  /** The scorer of any options, to be used with those that are wanted. */
  synchronized DataFrameScorer in(SparkSession wanted) {
    if (scorer == null || (session != null && session.sparkContext() != wanted.sparkContext())) {
      // Whichever model of the document is asked for is verified then.
      scorer =
          DataFrameScorer.of(
              wanted,
              document,
              ScoringOptions.DEFAULT.with(LoadOptions.DEFAULT.withVerify(Verify.NEVER)));
      session = wanted;
    }
    return scorer;
  }
}
