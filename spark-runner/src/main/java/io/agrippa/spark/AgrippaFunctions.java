package io.agrippa.spark;

import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.Verify;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.run.RowPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Models as functions of SQL. {@code agrippa_score(model, struct)} takes the place of a model and
 * what to score, and gives a struct of the results under the document's names:
 *
 * <pre>{@code
 * SELECT id, s.late FROM (SELECT id, agrippa_score('flights-delay.pmml', struct(*)) AS s FROM flights)
 * }</pre>
 *
 * A third argument, a constant map, says the rest: {@code map('badRows', 'status', 'check',
 * 'lenient', 'model', 'b')}.
 *
 * <p>Where the columns do not fit the model, the query fails before it runs. A place is looked at
 * when a query is planned; a document that was replaced there takes effect with the next query.
 */
public final class AgrippaFunctions {
  /** The name of the function that takes the place of a model. */
  public static final String SCORE = "agrippa_score";

  /** Models that are kept for the next queries. */
  private static final int MOST_MODELS = 16;

  private static final List<String> OPTIONS =
      List.of("badRows", "check", "model", "takenAsMissing");

  private final Map<String, Held> held = // by place; guarded by this
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
          return size() > MOST_MODELS;
        }
      };

  /** A model and the session that it was loaded in. */
  private record Held(ModelHandle handle, SparkSession session) {}

  AgrippaFunctions() {}

  /**
   * Registers {@code agrippa_score} in a session; {@link AgrippaExtensions} does so by a setting.
   */
  public static void register(SparkSession session) {
    registry(session)
        .createOrReplaceTempFunction(SCORE, new AgrippaFunctions()::score, "scala_udf");
  }

  /**
   * Registers a model as a function of a struct, in one session.
   *
   * @param name what queries call it
   * @param scorer must not be closed as long as queries use it; columns to keep mean nothing here
   */
  public static void register(SparkSession session, String name, DataFrameScorer scorer) {
    registry(session)
        .createOrReplaceTempFunction(
            name,
            arguments -> {
              List<Expression> given = CollectionConverters.asJava(arguments);
              if (given.size() != 1) {
                throw new IllegalArgumentException(
                    "%s takes one argument, a struct; it has %d".formatted(name, given.size()));
              }
              return ScoreFunction.of(name, scorer, scorer.options(), given.get(0));
            },
            "scala_udf");
  }

  private static FunctionRegistry registry(SparkSession session) {
    return session.sessionState().functionRegistry();
  }

  /** The expression of a call of {@code agrippa_score}. */
  Expression score(Seq<Expression> arguments) {
    List<Expression> given = CollectionConverters.asJava(arguments);
    if (given.size() < 2 || given.size() > 3) {
      throw new IllegalArgumentException(
          "%s takes a model, a struct and perhaps a map of options; it has %d arguments"
              .formatted(SCORE, given.size()));
    }
    Expression place = given.get(0);
    if (!(place.dataType() instanceof StringType)
        || !place.foldable()
        || place.eval(null) == null) {
      throw new IllegalArgumentException(
          "the first argument of %s is the place of a model, a constant string, but not %s"
              .formatted(SCORE, place.sql()));
    }
    ScoringOptions options = given.size() == 3 ? options(given.get(2)) : ScoringOptions.DEFAULT;
    DataFrameScorer scorer = scorer(place.eval(null).toString(), options.load());
    return ScoreFunction.of(SCORE, scorer.with(options), options, given.get(1));
  }

  /** The model at a place; those of other names of the document share its bytes. */
  private synchronized DataFrameScorer scorer(String place, LoadOptions load) {
    SparkSession session = SparkSession.active();
    Held known = held.get(place);
    try {
      if (known == null || known.session().sparkContext() != session.sparkContext()) {
        ScoringOptions unverified = // what is asked for is verified when it is; others need not
            ScoringOptions.DEFAULT.with(load.withVerify(Verify.NEVER));
        known = new Held(ModelHandle.of(session, place, unverified), session);
        held.put(place, known);
      }
      return known.handle().latest();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static ScoringOptions options(Expression given) {
    if (!(given.dataType() instanceof MapType type)
        || !type.keyType().equals(DataTypes.StringType)
        || !type.valueType().equals(DataTypes.StringType)
        || !given.foldable()) {
      throw new IllegalArgumentException(
          "the third argument of %s is a constant map of strings, as map('badRows', 'status'), but not %s"
              .formatted(SCORE, given.sql()));
    }
    MapData map = (MapData) given.eval(null);
    ScoringOptions options = ScoringOptions.DEFAULT;
    for (int i = 0; i < map.numElements(); i++) {
      String name = map.keyArray().getUTF8String(i).toString();
      String value = String.valueOf(map.valueArray().getUTF8String(i));
      options =
          switch (name) {
            case "badRows" -> options.with(constant(name, value, RowPolicy.values()));
            case "check" -> options.with(constant(name, value, SchemaCheck.values()));
            case "model" -> options.with(options.load().withModel(value));
            case "takenAsMissing" -> options.with(options.load().taking(kinds(name, value)));
            default ->
                throw new IllegalArgumentException(
                    "%s has no option \"%s\"; it has %s"
                        .formatted(SCORE, name, String.join(", ", OPTIONS)));
          };
    }
    return options;
  }

  private static TakenAsMissing[] kinds(String option, String values) {
    return Arrays.stream(values.split(",", -1))
        .map(value -> constant(option, value.strip(), TakenAsMissing.values()))
        .distinct()
        .toArray(TakenAsMissing[]::new);
  }

  private static <E extends Enum<E>> E constant(String option, String value, E[] known) {
    for (E constant : known) {
      if (constant.name().equalsIgnoreCase(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "the option \"%s\" of %s is %s, not \"%s\""
            .formatted(
                option,
                SCORE,
                String.join(
                    ", ",
                    Arrays.stream(known)
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList()),
                value));
  }
}
