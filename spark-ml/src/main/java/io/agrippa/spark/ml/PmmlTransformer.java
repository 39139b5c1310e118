package io.agrippa.spark.ml;

import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.Verify;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.spark.DataFrameScorer;
import io.agrippa.spark.SchemaCheck;
import io.agrippa.spark.ScoringOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A PMML model as a stage of a pipeline: what {@link DataFrameScorer} does, with its options as
 * Params. Saving it writes the document, as it was, beside the Params.
 *
 * <p>Copies share the document, and on executors what was compiled of it. As other stages it is to
 * be set up by one thread; it may transform in many.
 */
public final class PmmlTransformer extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> modelName;
  private final StringArrayParam results;
  private final StringArrayParam renamedFields;
  private final StringArrayParam renamedColumns;
  private final StringArrayParam takenAsMissing;
  private final Param<String> check;
  private final Param<String> badRows;
  private final StringArrayParam keptCols;
  private final Param<String> prefix;
  private transient SharedScorer scorer; // null until there is a document

  /** A transformer of this name without a document; only Spark makes such, when it loads one. */
  public PmmlTransformer(String uid) {
    this.uid = uid;
    modelName = new Param<>(this, "modelName", "the model of the document; unset: the first");
    results = new StringArrayParam(this, "results", "the results to give; unset: all final ones");
    renamedFields =
        new StringArrayParam(this, "renamedFields", "fields that the data calls otherwise");
    renamedColumns =
        new StringArrayParam(this, "renamedColumns", "what the data calls the renamedFields");
    takenAsMissing =
        new StringArrayParam(
            this, "takenAsMissing", "invalid values to take for missing ones: nan, unseen");
    check = enumParam("check", "whether an absent column is a mistake", SchemaCheck.values());
    badRows =
        enumParam("badRows", "what becomes of rows that the model refuses", RowPolicy.values());
    keptCols = new StringArrayParam(this, "keptCols", "the columns to keep; unset: all");
    prefix = new Param<>(this, "prefix", "stands before the name of each result");
    setDefault(check, word(SchemaCheck.STRICT));
    setDefault(badRows, word(RowPolicy.FAIL));
    setDefault(prefix, "");
  }

  private <E extends Enum<E>> Param<String> enumParam(String name, String doc, E[] constants) {
    List<String> words = Arrays.stream(constants).map(PmmlTransformer::word).toList();
    return new Param<>(
        this, name, doc + ": " + String.join(", ", words), ParamValidators.inArray(words));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The document and the options of a scorer, which must not be closed as long as this is used. */
  public static PmmlTransformer of(DataFrameScorer scorer) {
    PmmlTransformer transformer =
        new PmmlTransformer("pmml_" + UUID.randomUUID().toString().replace("-", ""));
    transformer.scorer = new SharedScorer(scorer);
    transformer.set(scorer.options());
    return transformer;
  }

  private void set(ScoringOptions options) {
    LoadOptions load = options.load();
    load.model().ifPresent(name -> set(modelName, name));
    if (!load.results().isEmpty()) {
      set(results, load.results().toArray(String[]::new));
    }
    if (!load.inputNames().isEmpty()) {
      List<String> fields = new ArrayList<>();
      List<String> columns = new ArrayList<>();
      load.inputNames()
          .forEach(
              (field, column) -> {
                fields.add(field);
                columns.add(column);
              });
      set(renamedFields, fields.toArray(String[]::new));
      set(renamedColumns, columns.toArray(String[]::new));
    }
    if (!load.taken().isEmpty()) {
      set(
          takenAsMissing,
          load.taken().stream().sorted().map(PmmlTransformer::word).toArray(String[]::new));
    }
    set(check, word(options.check()));
    set(badRows, word(options.rowPolicy()));
    options.kept().ifPresent(columns -> set(keptCols, columns.toArray(String[]::new)));
    set(prefix, options.prefix());
  }

  /** The Params as options. What was verified when it was loaded is not verified again. */
  private ScoringOptions options() {
    String[] fields = orNone(renamedFields);
    String[] columns = orNone(renamedColumns);
    if (fields.length != columns.length) {
      throw new IllegalArgumentException(
          "%s: there are %d renamedFields but %d renamedColumns; give one column a field"
              .formatted(uid, fields.length, columns.length));
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i++) {
      names.put(fields[i], columns[i]);
    }
    return new ScoringOptions(
        new LoadOptions(
            isSet(modelName) ? Optional.of($(modelName)) : Optional.empty(),
            Verify.ON_LOAD,
            names,
            List.of(orNone(results)),
            Arrays.stream(orNone(takenAsMissing))
                .map(kind -> TakenAsMissing.valueOf(kind.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet())),
        SchemaCheck.valueOf($(check).toUpperCase(Locale.ROOT)),
        RowPolicy.valueOf($(badRows).toUpperCase(Locale.ROOT)),
        isSet(keptCols) ? Optional.of(List.of($(keptCols))) : Optional.empty(),
        $(prefix));
  }

  private String[] orNone(StringArrayParam param) {
    return isSet(param) ? $(param) : new String[0];
  }

  @Override
  public String uid() {
    return uid;
  }

  /** The model's name in the document; unset: the first. */
  public Param<String> modelName() {
    return modelName;
  }

  /** The results to give, in order; unset: all that the document calls final. */
  public StringArrayParam results() {
    return results;
  }

  /** Fields that the data calls otherwise. */
  public StringArrayParam renamedFields() {
    return renamedFields;
  }

  /** What the data calls the {@link #renamedFields}, in their order. */
  public StringArrayParam renamedColumns() {
    return renamedColumns;
  }

  /** Invalid values to take for missing ones: {@code nan}, {@code unseen}. */
  public StringArrayParam takenAsMissing() {
    return takenAsMissing;
  }

  /** {@code strict}: an absent column is a mistake; {@code lenient}: its values are missing. */
  public Param<String> check() {
    return check;
  }

  /** {@code fail}, {@code null} or {@code status}. */
  public Param<String> badRows() {
    return badRows;
  }

  /** The columns to keep, in order; unset: all. */
  public StringArrayParam keptCols() {
    return keptCols;
  }

  /** Stands before the name of each result. */
  public Param<String> prefix() {
    return prefix;
  }

  /** Sets {@link #check}. */
  public PmmlTransformer setCheck(String value) {
    set(check, value);
    return this;
  }

  /** Sets {@link #badRows}. */
  public PmmlTransformer setBadRows(String value) {
    set(badRows, value);
    return this;
  }

  /** Sets {@link #keptCols}. */
  public PmmlTransformer setKeptCols(String... value) {
    set(keptCols, value);
    return this;
  }

  /** Sets {@link #prefix}. */
  public PmmlTransformer setPrefix(String value) {
    set(prefix, value);
    return this;
  }

  private SharedScorer scorer() {
    if (scorer == null) {
      throw new IllegalStateException(
          uid + " has no document; make it with PmmlTransformer.of, or load one that was saved");
    }
    return scorer;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException as {@link DataFrameScorer#transform}
   */
  @Override
  public Dataset<Row> transform(Dataset<?> rows) {
    return scorer().in(rows.sparkSession()).with(options()).transform(rows.toDF());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException as {@link DataFrameScorer#transform}
   */
  @Override
  public StructType transformSchema(StructType schema) {
    return scorer().in(SparkSession.active()).with(options()).transformSchema(schema);
  }

  @Override
  public PmmlTransformer copy(ParamMap extra) {
    PmmlTransformer copy = new PmmlTransformer(uid);
    copyValues(copy, extra);
    copy.scorer = scorer;
    return copy;
  }

  @Override
  public MLWriter write() {
    return new DocumentWriter(DefaultParamsWritable.super.write(), scorer().document());
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<PmmlTransformer> read() {
    return new DocumentReader();
  }

  /**
   * Loads what was saved.
   *
   * @param path a path as Spark's readers take it
   * @throws RuntimeException if it is not there or not one
   */
  public static PmmlTransformer load(String path) {
    return read().load(path);
  }

  /** Gives a loaded transformer its document, which is verified when it is first used. */
  PmmlTransformer with(ModelBytes document) {
    scorer = new SharedScorer(document);
    return this;
  }

  /** The bytes of the document as they were loaded; not to be changed. */
  byte[] document() {
    return scorer().document().bytes();
  }
}
