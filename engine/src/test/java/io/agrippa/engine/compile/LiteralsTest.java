package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Decimals;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralsTest {
  @ParameterizedTest
  @CsvSource({
    "3, integer, 3",
    "-3, integer, -3",
    "+3, integer, 3",
    "3.0, integer, 3",
    "1e3, integer, 1000",
    "' 3', integer, 3",
    "true, integer, 1",
    "FALSE, integer, 0",
    "2147483647, integer, 2147483647",
    "-2147483648, integer, -2147483648",
    "0.1, double, 0.1",
    "0.1, float, 0.10000000149011612",
    "INF, double, Infinity",
    "-inf, float, -Infinity",
    "nan, double, NaN",
    "-0, double, 0",
    "-0.0, float, 0",
    "1f, double, 1",
    "true, double, 1",
    " 2.5 , double, 2.5",
    "True, boolean, 1",
    "0.0, boolean, 0",
    "1, boolean, 1",
    "1970-01-02, date, 1",
    "1969-12-31, date, -1",
    "00:00:01.5, time, 1500000",
    "05:23, time, 19380000000",
    "1970-01-01T00:00:01, dateTime, 1000000",
    "1970-01-01 00:00:01, dateTime, 1000000",
    "1969-12-31T23:59:59, dateTime, -1000000",
    "2003-04-01, dateDaysSince[1960], 15796",
    "15796, dateDaysSince[1960], 15796",
    "1959-12-31, dateDaysSince[1960], -1",
    "2003-04-01, dateDaysSince[0], 731671",
    "2003-04-01, dateDaysSince[1970], 12143",
    "2003-04-01, dateDaysSince[1980], 8491",
    "2003-04-01, dateDaysSince[1990], 4838",
    "2003-04-01, dateDaysSince[2000], 1186",
    "2003-04-01, dateDaysSince[2010], -2467",
    "2003-04-01, dateDaysSince[2020], -6119",
    "-5, dateDaysSince[2020], -5",
    "2003-04-01T05:23:30, dateTimeSecondsSince[0], 63216393810",
    "2003-04-01T05:23:30, dateTimeSecondsSince[1970], 1049174610",
    "2003-04-01T05:23:30, dateTimeSecondsSince[1980], 733641810",
    "2003-04-01T05:23:30, dateTimeSecondsSince[2000], 102489810",
    "2003-04-01 05:23:30, dateTimeSecondsSince[2020], -528662190",
    "102489810, dateTimeSecondsSince[2000], 102489810",
    "19410, timeSeconds, 19410",
    "05:23:30, timeSeconds, 19410",
    "-0:00:05, timeSeconds, -5",
    "100:00:00, timeSeconds, 360000",
    "1960-01-03T03:30:03, dateTimeSecondsSince[1960], 185403",
    "1959-12-31T23:59:59, dateTimeSecondsSince[1960], -1",
    "1959-12-31T23:59:59.5, dateTimeSecondsSince[1960], -1",
  })
  void readsTheValue(String text, String type, Double expected) {
    assertThat(Literals.number(text, DataType.of(type).orElseThrow())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "3.5, integer",
    "2147483648, integer",
    "'', integer",
    "x, integer",
    "INF, integer",
    "NaN, integer",
    "'', double",
    "1.2.3, double",
    "abc, float",
    "2, boolean",
    "yes, boolean",
    "2003-02-30, date",
    "2003-04-01T00:00, date",
    "25:00, time",
    "2003-04-01, dateTime",
    "5:99:00, timeSeconds",
    "x, dateDaysSince[1970]",
  })
  void refusesWhatIsNoValueOfTheType(String text, String type) {
    assertThatThrownBy(() -> Literals.number(text, DataType.of(type).orElseThrow()))
        .isInstanceOf(LiteralException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, integer, 1",
    "1, double, 1",
    "1.0, double, 1",
    "1.50, double, 1.5",
    "0.1, float, 0.1",
    "1.0, string, 1.0",
    "TRUE, boolean, true",
    "0, boolean, false",
    "x, integer, x",
    "1e20, double, 1.0E20",
    "NaN, double, NaN",
  })
  void canonicalTextsAreTheSameForAllWaysToWriteAValue(String text, String type, String expected) {
    assertThat(Literals.canonical(text, DataType.of(type).orElseThrow())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1, double, 1.0",
    "1e10, double, 1.0E10",
    "1, integer, 1",
    "0.1, float, 0.1",
    "2003-04-01, date, 2003-04-01",
    "5:23:30, timeSeconds, 19410",
    "05:23, time, 05:23:00",
    "2003-04-01T05:23:30, dateTime, 2003-04-01T05:23:30",
    "1, boolean, true",
  })
  void textsAreAsJavaWritesThem(String text, String type, String expected) {
    DataType dataType = DataType.of(type).orElseThrow();
    assertThat(Literals.text(Literals.number(text, dataType), dataType)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "12, integer",
    "-1, integer",
    "1.5, double",
    "1., double",
    "INF, double",
    "NaN, double",
    "1e5, string",
    "abc, string",
    "a.b, string",
    "'', string",
  })
  void untypedConstantsHaveTheTypeOfTheirText(String text, String type) {
    assertThat(Literals.constantType(text)).isEqualTo(DataType.of(type).orElseThrow());
  }

  @Test
  void decimalTextsAreShortestAndReadBackOnEveryJava() {
    assertThat(Decimals.text(2.0E-3)).isEqualTo("0.002");
    assertThat(Decimals.text(Double.parseDouble("1.0E23"))).isEqualTo("1.0E23");
    assertThat(Decimals.text(Double.parseDouble("2.0E23"))).isEqualTo("2.0E23");
    assertThat(Decimals.text(2.2250738585072014E-308)).isEqualTo("2.2250738585072014E-308");
    assertThat(Decimals.text(1.1E-322)).isEqualTo("1.1E-322");
    assertThat(Decimals.text(Double.MIN_VALUE)).isEqualTo("4.9E-324");
    assertThat(Decimals.text(Double.parseDouble("8.41E21"))).isEqualTo("8.41E21");
    assertThat(Decimals.text(-123.456)).isEqualTo("-123.456");
    assertThat(Decimals.text(1234567.0)).isEqualTo("1234567.0");
    assertThat(Decimals.text(12345678.0)).isEqualTo("1.2345678E7");
    assertThat(Decimals.text(0.00123)).isEqualTo("0.00123");
    assertThat(Decimals.text(0.000123)).isEqualTo("1.23E-4");
    assertThat(Decimals.text(0.0)).isEqualTo("0.0");
    assertThat(Decimals.text(Double.NaN)).isEqualTo("NaN");
    assertThat(Decimals.text(1.0E10f)).isEqualTo("1.0E10");
    assertThat(Decimals.text(3.3554432E7f)).isEqualTo("3.3554432E7");
    boolean exact = Runtime.version().feature() >= 19;
    long seed = 42;
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      float single = Float.intBitsToFloat(random.nextInt());
      assertThat(Double.valueOf(Decimals.text(value)))
          .as("seed %d", seed)
          .isEqualTo(Double.valueOf(value));
      assertThat(Float.valueOf(Decimals.text(single)))
          .as("seed %d", seed)
          .isEqualTo(Float.valueOf(single));
      if (exact) {
        assertThat(Decimals.text(value)).as("seed %d", seed).isEqualTo(Double.toString(value));
        assertThat(Decimals.text(single)).as("seed %d", seed).isEqualTo(Float.toString(single));
      }
    }
  }
}
