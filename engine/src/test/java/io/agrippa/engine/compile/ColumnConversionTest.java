package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import io.agrippa.engine.model.ModelException;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of typed columns, and of texts, as values of fields of every data type. */
class ColumnConversionTest {
  private static final String MODEL =
      """
      <DataDictionary><DataField name="v" optype="%s" dataType="%s">%s</DataField></DataDictionary>
      <RegressionModel functionName="regression"><MiningSchema><MiningField name="v" %s/></MiningSchema>
      <Output><OutputField name="out" feature="transformedValue"><FieldRef field="v"/></OutputField></Output>
      <RegressionTable intercept="0"/></RegressionModel>
      """;

  private static CompiledModel model(String dataType) {
    String opType =
        dataType.equals("string") || dataType.equals("boolean") ? "categorical" : "continuous";
    return Scored.model(MODEL.formatted(opType, dataType, "", ""));
  }

  /**
   * A block of one value of a column of this type; texts are of any, numbers as columns hold them.
   */
  private static Block block(Type type, String value) {
    Column column;
    if (type == Type.Scalar.STRING) {
      DictionaryBuilder texts = new DictionaryBuilder();
      column = new StringColumn(new int[] {texts.code(value)}, texts.snapshot());
    } else if (type instanceof Type.Decimal) {
      column = new BinaryColumn(new byte[][] {new BigDecimal(value).unscaledValue().toByteArray()});
    } else if (type.column() == DoubleColumn.class) {
      column = new DoubleColumn(new double[] {Double.parseDouble(value)}, null);
    } else {
      column = new LongColumn(new long[] {Long.parseLong(value)}, null);
    }
    return new Block(new Schema(List.of(new Field("v", type))), 1, List.of(column));
  }

  private static String converted(CompiledModel model, String type, String value) {
    String text =
        Scored.results(Scored.score(model, block(TypeText.parse(type), value)), 0).get("out");
    return text == null ? "missing" : text.startsWith("error: ") ? "invalid" : text;
  }

  @ParameterizedTest(name = "{0} {1} as {2} is {3}")
  @CsvSource({
    "long, 7, integer, 7",
    "long, 7, float, 7.0",
    "long, 7, double, 7.0",
    "long, 7, string, 7",
    "long, 1, boolean, true",
    "long, 0, boolean, false",
    "long, 2, boolean, invalid",
    "long, 2147483648, integer, invalid",
    "long, 2147483648, double, 2.147483648E9",
    "int, -7, integer, -7",
    "boolean, 1, boolean, true",
    "boolean, 1, integer, 1",
    "boolean, 0, double, 0.0",
    "boolean, 1, string, true",
    "double, 2.5, double, 2.5",
    "double, 2.5, float, 2.5",
    "double, 0.1, float, 0.1",
    "double, 2.5, integer, invalid",
    "double, 7, integer, 7",
    "double, 7, string, 7.0",
    "double, 1, boolean, true",
    "double, 0.5, boolean, invalid",
    "double, Infinity, double, Infinity",
    "double, Infinity, integer, invalid",
    "double, NaN, double, invalid",
    "double, NaN, integer, invalid",
    "float, 0.5, double, 0.5",
    "'decimal(9, 2)', 2.50, double, 2.5",
    "'decimal(9, 2)', 7.00, integer, 7",
    "'decimal(9, 2)', 7.01, integer, invalid",
    "date, 12143, date, 2003-04-01",
    "date, 12143, dateTime, 2003-04-01T00:00:00",
    "date, 12143, dateDaysSince[0], 731671",
    "date, 12143, dateDaysSince[1960], 15796",
    "date, 12143, dateDaysSince[1970], 12143",
    "date, 12143, dateDaysSince[1980], 8491",
    "date, 12143, dateDaysSince[1990], 4838",
    "date, 12143, dateDaysSince[2000], 1186",
    "date, 12143, dateDaysSince[2010], -2467",
    "date, 12143, dateDaysSince[2020], -6119",
    "date, 12143, dateTimeSecondsSince[1970], 1049155200",
    "date, 12143, string, 2003-04-01",
    "long, 15796, dateDaysSince[1960], 15796",
    "double, 15796, dateDaysSince[1960], 15796",
    "double, 0.5, dateDaysSince[1960], invalid",
    "timestamp, 1049174610000000, dateTime, 2003-04-01T05:23:30",
    "timestamp, 1049174610000000, date, 2003-04-01",
    "timestamp, 1049174610000000, time, 05:23:30",
    "timestamp, 1049174610000000, timeSeconds, 19410",
    "timestamp, 1049174610000000, dateDaysSince[1960], 15796",
    "timestamp, 1049174610000000, dateTimeSecondsSince[0], 63216393810",
    "timestamp, 1049174610000000, dateTimeSecondsSince[1960], 1364793810",
    "timestamp, 1049174610000000, dateTimeSecondsSince[1970], 1049174610",
    "timestamp, 1049174610000000, dateTimeSecondsSince[1980], 733641810",
    "timestamp, 1049174610000000, dateTimeSecondsSince[1990], 418022610",
    "timestamp, 1049174610000000, dateTimeSecondsSince[2000], 102489810",
    "timestamp, 1049174610000000, dateTimeSecondsSince[2010], -213129390",
    "timestamp, 1049174610000000, dateTimeSecondsSince[2020], -528662190",
    "time, 19410000000, time, 05:23:30",
    "time, 19410000000, timeSeconds, 19410",
    "long, 19410, timeSeconds, 19410",
    "string, 7.0, integer, 7",
    "string, true, integer, 1",
    "string, 1, boolean, true",
    "string, 0.0, boolean, false",
    "string, INF, double, Infinity",
    "string, -INF, float, -Infinity",
    "string, INF, integer, invalid",
    "string, NaN, double, invalid",
    "string, '', double, invalid",
    "string, '', string, ''",
    "string, 2003-04-01, dateDaysSince[1980], 8491",
    "string, 2003-04-01T05:23:30, dateTimeSecondsSince[1990], 418022610",
    "string, 27:00:00, timeSeconds, 97200",
  })
  void becomesAValueOfTheField(String type, String value, String dataType, String expected) {
    assertThat(converted(model(dataType), type, value)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource({"date, integer", "date, time", "time, date", "boolean, date", "long, date"})
  void whatIsNoValueOfTheTypeIsRefusedWhenBound(String type, String dataType) {
    CompiledModel model = model(dataType);
    assertThatThrownBy(() -> converted(model, type, "1"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("field \"v\" is of type " + dataType);
  }

  private static final String RED_AND_BLUE =
      "<Value value=\"red\"/><Value value=\"blue\"/><Value value=\"?\" property=\"missing\"/>"
          + "<Value value=\"!\" property=\"invalid\"/>";

  /** What is asked to be taken for missing, and nothing else, gets the replacement. */
  @ParameterizedTest(name = "{0} {1} as {2}: {3}, taking NaN {4}, unseen {5}, both {6}")
  @CsvSource({
    "double, NaN, continuous double, invalid, 9.0, invalid, 9.0",
    "double, NaN, continuous integer, invalid, 9, invalid, 9",
    "double, 2.5, continuous integer, invalid, invalid, invalid, invalid",
    "double, 2.5, continuous double, 2.5, 2.5, 2.5, 2.5",
    "string, NaN, continuous double, invalid, 9.0, invalid, 9.0",
    "string, nan, continuous integer, invalid, 9, invalid, 9",
    "string, none, continuous double, invalid, invalid, invalid, invalid",
    "string, red, listed string, red, red, red, red",
    "string, green, listed string, invalid, invalid, 9, 9",
    "string, !, listed string, invalid, invalid, invalid, invalid",
    "string, ?, listed string, 9, 9, 9, 9",
    "string, green, categorical string, green, green, green, green",
    "string, NaN, categorical string, NaN, NaN, NaN, NaN",
    "double, 3, counted integer, invalid, invalid, 9, 9",
    "double, 1, counted integer, 1, 1, 1, 1",
    "string, three, counted integer, invalid, invalid, 9, 9",
    "double, NaN, counted integer, invalid, 9, invalid, 9",
    "double, 3, measured double, invalid, invalid, invalid, invalid",
  })
  void isTakenForMissingWhereAsked(
      String type,
      String value,
      String field,
      String asIs,
      String nan,
      String unseen,
      String both) {
    String opType =
        switch (field.substring(0, field.indexOf(' '))) {
          case "listed", "counted", "categorical" -> "categorical";
          default -> "continuous";
        };
    String domain =
        field.startsWith("listed")
            ? RED_AND_BLUE
            : field.startsWith("counted")
                ? "<Value value=\"1\"/><Value value=\"2\"/>"
                : field.startsWith("measured")
                    ? "<Interval closure=\"closedClosed\" leftMargin=\"0\" rightMargin=\"2\"/>"
                    : "";
    CompiledModel model =
        Scored.model(
            MODEL.formatted(
                opType,
                field.substring(field.indexOf(' ') + 1),
                domain,
                "missingValueReplacement=\"9\""));
    Set<TakenAsMissing> all = EnumSet.allOf(TakenAsMissing.class);
    assertThat(converted(model, type, value)).isEqualTo(asIs);
    assertThat(converted(model.taking(EnumSet.of(TakenAsMissing.NAN)), type, value)).isEqualTo(nan);
    assertThat(converted(model.taking(EnumSet.of(TakenAsMissing.UNSEEN)), type, value))
        .isEqualTo(unseen);
    assertThat(converted(model.taking(all), type, value)).isEqualTo(both);
  }
}
