package io.agrippa.spark;

import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import scala.Tuple3;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Gives sessions the function {@code agrippa_score} of {@link AgrippaFunctions}, by the setting
 * {@code spark.sql.extensions=io.agrippa.spark.AgrippaExtensions}, and has their queries call it,
 * and models registered under names of their own, in blocks. Public for Spark only.
 */
public final class AgrippaExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    AgrippaFunctions functions = new AgrippaFunctions();
    extensions.injectFunction(
        new Tuple3<>(
            new FunctionIdentifier(AgrippaFunctions.SCORE),
            new ExpressionInfo(
                AgrippaFunctions.class.getName(),
                "",
                AgrippaFunctions.SCORE,
                "_FUNC_(model, struct[, options]) - Scores a struct with the PMML model at a place.",
                "",
                "",
                "",
                "",
                "",
                "",
                "scala_udf"),
            functions::score));
    extensions.injectColumnar(session -> new ScoreRule());
    return BoxedUnit.UNIT;
  }
}
