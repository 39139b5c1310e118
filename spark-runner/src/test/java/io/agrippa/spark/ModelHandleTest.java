package io.agrippa.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.pmml.PmmlException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams are scored, and models change between their micro-batches. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ModelHandleTest {
  private static final String COLUMNS = "id BIGINT, x DOUBLE, colour STRING, at TIMESTAMP";

  private static SparkSession session;

  @TempDir private Path folder;
  private Path model;
  private int files;

  @BeforeAll
  static void start() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("ModelHandleTest")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  @BeforeEach
  void writeModel() throws Exception {
    model = folder.resolve("line.pmml");
    replace(1);
    Files.createDirectories(folder.resolve("in"));
  }

  /** The line from another intercept on, moved over the one that is there. */
  private void replace(int intercept) throws Exception {
    replace(
        DataFrameScorerTest.LINE
            .replace("intercept=\"1\"", "intercept=\"" + intercept + "\"")
            .replace("<y>103</y>", "<y>" + (102 + intercept) + "</y>"));
  }

  private void replace(String document) throws Exception {
    Path next = Files.writeString(folder.resolve("next"), document);
    Files.move(next, model, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** One more file for the stream: rows {@code from} to {@code to} − 1, one a second. */
  private void arrive(int from, int to) throws Exception {
    List<String> rows =
        session
            .sql(
                "SELECT id, CAST(id AS DOUBLE) AS x, 'red' AS colour, timestamp_seconds(id) AS at FROM range(%d, %d)"
                    .formatted(from, to))
            .toJSON()
            .collectAsList();
    Path file = Files.write(folder.resolve("arriving"), rows);
    Files.move(file, folder.resolve("in").resolve(files++ + ".json"));
  }

  private Dataset<Row> stream() {
    return session.readStream().schema(COLUMNS).json(folder.resolve("in").toString());
  }

  @Test
  void aStreamIsScored() throws Exception {
    try (DataFrameScorer scorer =
        DataFrameScorer.load(
            session, model.toString(), ScoringOptions.DEFAULT.keeping("id").withPrefix("p_"))) {
      StreamingQuery query =
          scorer.transform(stream()).writeStream().format("memory").queryName("scored").start();
      try {
        arrive(0, 5_000);
        query.processAllAvailable();
        arrive(5_000, 5_001);
        query.processAllAvailable();
        assertThat(session.sql("SELECT COUNT(*), COUNT_IF(p_y = 101 + 2 * id) FROM scored").first())
            .isEqualTo(session.sql("SELECT 5001L, 5001L").first());
      } finally {
        query.stop();
      }
    }
  }

  @Test
  void theWatermarkOfAStreamIsKept() throws Exception {
    try (DataFrameScorer scorer = DataFrameScorer.load(session, model.toString())) {
      Dataset<Row> scored = scorer.transform(stream().withWatermark("at", "1 second"));
      StreamingQuery query =
          scored
              .groupBy(window(col("at"), "10 seconds"))
              .sum("y")
              .writeStream()
              .outputMode("append") // wants a watermark
              .format("memory")
              .queryName("windows")
              .start();
      try {
        arrive(0, 20);
        query.processAllAvailable();
        arrive(100, 101);
        query.processAllAvailable();
        assertThat(
                session
                    .sql("SELECT `sum(y)` FROM windows ORDER BY window")
                    .as(Encoders.DOUBLE())
                    .collectAsList())
            .containsExactly(10 * 101 + 2 * 45.0, 10 * 101 + 2 * 145.0);
      } finally {
        query.stop();
      }
    }
  }

  @Test
  void aReplacedModelTakesEffectWithTheNextMicroBatch() throws Exception {
    ModelHandle handle =
        ModelHandle.of(session, model.toString(), ScoringOptions.DEFAULT.keeping("id"));
    String out = folder.resolve("out").toString();
    VoidFunction2<Dataset<Row>, Long> score =
        (batch, id) -> handle.transform(batch).write().mode("append").parquet(out);
    StreamingQuery query = stream().writeStream().foreachBatch(score).start();
    try {
      arrive(0, 10);
      query.processAllAvailable();
      replace(1000);
      arrive(10, 20);
      query.processAllAvailable();
      replace(2000);
      arrive(20, 30);
      query.processAllAvailable();
      assertThat(query.isActive()).isTrue();
      List<Double> intercepts =
          session
              .read()
              .parquet(out)
              .orderBy("id")
              .selectExpr("y - 2 * id - 100")
              .as(Encoders.DOUBLE())
              .collectAsList();
      assertThat(intercepts).hasSize(30);
      assertThat(intercepts.subList(0, 10)).containsOnly(1.0);
      assertThat(intercepts.subList(10, 20)).containsOnly(1000.0);
      assertThat(intercepts.subList(20, 30)).containsOnly(2000.0);

      replace(DataFrameScorerTest.LINE.replace("\"y\"", "\"z\"").replaceAll("(</?)y>", "$1z>"));
      arrive(30, 40);
      assertThatThrownBy(query::processAllAvailable)
          .hasStackTraceContaining("it gave [y DOUBLE], now it would give [z DOUBLE]");
      assertThat(query.isActive()).isFalse();
    } finally {
      query.stop();
    }
  }

  @Test
  void theSameBytesAreTheSameModel() throws Exception {
    ModelHandle handle = ModelHandle.of(session, model.toString(), ScoringOptions.DEFAULT);
    DataFrameScorer first = handle.current();
    Files.setLastModifiedTime(model, FileTime.fromMillis(1_000_000_000_000L));
    assertThat(handle.current()).isSameAs(first);
    assertThat(handle.current()).isSameAs(first); // now known by its stamp
    replace(2);
    DataFrameScorer second = handle.current();
    assertThat(second).isNotSameAs(first);
    assertThat(second.digest()).isNotEqualTo(first.digest());
    // As long, as old to the second, and other bytes.
    FileTime modified = Files.getLastModifiedTime(model);
    replace(3);
    Files.setLastModifiedTime(model, modified);
    assertThat(handle.current().digest()).isNotEqualTo(second.digest());
  }

  @Test
  void whatIsNoFitModelIsAnErrorUntilItIsReplaced() throws Exception {
    ModelHandle handle = ModelHandle.of(session, model.toString(), ScoringOptions.DEFAULT);
    String before = handle.current().digest();
    replace("<PMML");
    assertThatThrownBy(handle::current)
        .isInstanceOf(PmmlException.class)
        .hasMessageContaining("line.pmml");
    replace(DataFrameScorerTest.LINE.replace("<y>103</y>", "<y>1</y>"));
    assertThatThrownBy(handle::current)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("line.pmml");
    replace(1);
    assertThat(handle.current().digest()).isEqualTo(before);
    Files.delete(model);
    assertThatThrownBy(handle::current).hasMessageContaining("no such file");
  }

  @Test
  void aStreamItselfWouldKeepItsModel() throws Exception {
    ModelHandle handle = ModelHandle.of(session, model.toString(), ScoringOptions.DEFAULT);
    Dataset<Row> stream = stream();
    assertThatThrownBy(() -> handle.transform(stream))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("foreachBatch");
  }
}
