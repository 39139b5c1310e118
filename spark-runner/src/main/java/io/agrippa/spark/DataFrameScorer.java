package io.agrippa.spark;

import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.ScoringModel;
import io.agrippa.engine.compile.InputField;
import io.agrippa.engine.compile.ResultField;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A model that scores DataFrames, those of streams too. Made by {@link #load}, which reads the
 * document and holds the model against its own ModelVerification, once, on the driver. The bytes go
 * out as one broadcast; each executor compiles them once, whatever number of DataFrames, tasks and
 * scorers made with {@link #with} use them. Immutable; safe for use by many threads.
 *
 * <p><b>Who closes it.</b> Executors give the model up when the driver's garbage collector finds
 * that neither a scorer nor a DataFrame made with it is in use any more. {@link #close} does so at
 * once; DataFrames made with it cannot be computed afterwards.
 */
public final class DataFrameScorer implements AutoCloseable {
  private final SparkSession session;
  private final ModelBytes document;
  private final Broadcast<SharedModel> shared;
  private final AtomicBoolean closed; // of all that share the broadcast
  private final ScoringOptions options;
  private final ScoringModel model;

  private DataFrameScorer(
      SparkSession session,
      ModelBytes document,
      Broadcast<SharedModel> shared,
      AtomicBoolean closed,
      ScoringOptions options,
      ScoringModel model) {
    this.session = session;
    this.document = document;
    this.shared = shared;
    this.closed = closed;
    this.options = options;
    this.model = model;
  }

  /** As {@link #load(SparkSession, String, ScoringOptions)} with {@link ScoringOptions#DEFAULT}. */
  public static DataFrameScorer load(SparkSession session, String place) throws IOException {
    return load(session, place, ScoringOptions.DEFAULT);
  }

  /**
   * Loads a model.
   *
   * @param place a path as Spark's readers take it, which the driver alone has to see: {@code
   *     s3a://models/churn.pmml}, or without a scheme in the default file system; or {@code
   *     model:NAME} of the zoo
   * @throws IOException if there is none, or it cannot be read
   * @throws io.agrippa.engine.pmml.PmmlException if it is not a document that can be read
   * @throws io.agrippa.engine.model.ModelException if it has a mistake or something that is not
   *     supported, or does not give the results that it says; or if the options name a model, field
   *     or result that it does not have
   */
  public static DataFrameScorer load(SparkSession session, String place, ScoringOptions options)
      throws IOException {
    return of(session, new DocumentPlace(session, place).read(), options);
  }

  /**
   * A scorer of a document that was read already.
   *
   * @throws io.agrippa.engine.model.ModelException as {@link #load}
   */
  public static DataFrameScorer of(
      SparkSession session, ModelBytes document, ScoringOptions options) {
    Objects.requireNonNull(session, "session");
    ScoringModel model = document.scoringModel(options.load());
    Broadcast<SharedModel> shared =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(SharedModel.of(document));
    return new DataFrameScorer(session, document, shared, new AtomicBoolean(), options, model);
  }

  /**
   * The same document, used otherwise; executors keep one copy for both, and closing either closes
   * both.
   *
   * @throws io.agrippa.engine.model.ModelException as {@link #load}
   */
  public DataFrameScorer with(ScoringOptions other) {
    return new DataFrameScorer(
        session, document, shared, closed, other, document.scoringModel(other.load()));
  }

  /** The document. */
  public ModelBytes document() {
    return document;
  }

  /** What to call the document in messages. */
  String place() {
    return document.place();
  }

  ScoringModel model() {
    return model;
  }

  Broadcast<SharedModel> shared() {
    return shared;
  }

  /** How it scores. */
  public ScoringOptions options() {
    return options;
  }

  /** SHA-256 of the document, hexadecimal. */
  public String digest() {
    return document.digest();
  }

  /** The fields that the model takes, in the document's order, under the data's names. */
  public List<InputField> inputs() {
    return model.inputs();
  }

  /** The results that it gives, in order, without the prefix. */
  public List<ResultField> results() {
    return model.results();
  }

  /**
   * The columns that {@link #transform} makes of these.
   *
   * @throws IllegalArgumentException as {@code transform}
   */
  public StructType transformSchema(StructType schema) {
    return binding(session, schema).output();
  }

  /**
   * Scores rows: the kept columns, then the results. Nothing is computed yet, and only the columns
   * that the model reads and those that are kept will be read. The rows have the bits of a local
   * run. The columns of a streaming DataFrame keep their watermark.
   *
   * <p>Names are resolved as Spark resolves them, but a column of the very name goes before one of
   * other case.
   *
   * @throws IllegalArgumentException if a column that the model reads is absent and the check
   *     strict, if it is there twice or of a type that the field cannot take, if a column is to be
   *     kept that is not there, or if a result would have the name of a kept column; the message
   *     names it and the remedy
   */
  public Dataset<Row> transform(Dataset<Row> rows) {
    return binding(rows.sparkSession(), rows.schema()).apply(rows, shared);
  }

  private FrameBinding binding(SparkSession of, StructType schema) {
    return FrameBinding.of(document.place(), model, options, schema, ColumnNames.of(of, schema));
  }

  /** Takes the model from all executors. Has no effect the second time. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      shared.destroy();
    }
  }
}
