package io.agrippa.spark;

import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.model.ModelException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The model that stands at a place just now. A document that is replaced there takes effect with
 * the next {@link #current} or {@link #transform}, so a streaming query that calls it in {@code
 * foreachBatch} scores each micro-batch with one model and changes models between two of them,
 * without a restart. Replace documents by moving a whole one over the old one.
 *
 * <p>Executors give a model up when the driver's garbage collector finds that nothing uses it any
 * more. Safe for use by many threads.
 */
public final class ModelHandle {
  private final DocumentPlace place;
  private final ScoringOptions options;
  private DataFrameScorer scorer; // guarded by this
  private DocumentPlace.Stamp stamp; // of the scorer's document; null: look closer next time

  private ModelHandle(DocumentPlace place, ScoringOptions options) {
    this.place = place;
    this.options = options;
  }

  /**
   * A handle on a place, where there must be a model now.
   *
   * @param place as {@link DataFrameScorer#load} takes it
   * @throws IOException if there is none, or it cannot be read
   * @throws ModelException as {@code load}
   */
  public static ModelHandle of(SparkSession session, String place, ScoringOptions options)
      throws IOException {
    Objects.requireNonNull(options, "options");
    ModelHandle handle = new ModelHandle(new DocumentPlace(session, place), options);
    handle.latest();
    return handle;
  }

  /**
   * The model that is there now: the same object as before, unless the document has other bytes.
   * The driver alone looks at the place, and verifies what it finds.
   *
   * @throws IOException if there is none any more, or it cannot be read
   * @throws io.agrippa.engine.pmml.PmmlException if it is not a document that can be read
   * @throws ModelException if it is not a model that can be loaded, or gives other results, by name
   *     or type, than the one before; the one before stays until a fit one stands there
   */
  public synchronized DataFrameScorer current() throws IOException {
    DataFrameScorer before = scorer;
    DataFrameScorer now = latest();
    if (before != now && !results(before).equals(results(now))) {
      now.close(); // nobody has it yet
      scorer = before;
      stamp = null;
      throw new ModelException(
          place.place(),
          0,
          "the model was replaced by one with other results: it gave %s, now it would give %s; start the query anew, or select results that both give"
              .formatted(results(before), results(now)));
    }
    return now;
  }

  private static List<String> results(DataFrameScorer of) {
    return of.results().stream().map(ModelHandle::text).toList();
  }

  private static String text(ResultField result) {
    return result.name() + " " + SparkTypes.dataType(result.type()).sql();
  }

  /** As {@link #current}, whatever its results are. */
  synchronized DataFrameScorer latest() throws IOException {
    DocumentPlace.Stamp found = place.stamp();
    if (!found.equals(stamp)) {
      long now = System.currentTimeMillis();
      ModelBytes document = place.read();
      if (scorer == null || !scorer.digest().equals(document.digest())) {
        scorer = DataFrameScorer.of(place.session(), document, options);
      }
      stamp = found.isSettled(now) ? found : null;
    }
    return scorer;
  }

  /**
   * Scores rows with the model that is there now.
   *
   * @throws IllegalArgumentException if the DataFrame is a stream's, which would keep this model
   *     for good; or as {@link DataFrameScorer#transform}
   * @throws IOException as {@link #current}
   */
  public Dataset<Row> transform(Dataset<Row> rows) throws IOException {
    if (rows.isStreaming()) {
      throw new IllegalArgumentException(
          place.place()
              + ": a streaming DataFrame is planned once and would keep the model of now; call this"
              + " on the micro-batches in foreachBatch, or score the stream with a DataFrameScorer");
    }
    return current().transform(rows);
  }
}
