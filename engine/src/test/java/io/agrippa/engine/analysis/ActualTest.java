package io.agrippa.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActualTest {
  @Test
  void aNameAloneIsAColumn() {
    assertThat(Actual.parse(" delay ")).isEqualTo(new Actual("delay", Optional.empty()));
    assertThat(Actual.parse("\"a < \"\"b\"\"\""))
        .isEqualTo(new Actual("a < \"b\"", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "delay > 15, GREATER, 15, false",
        "delay>=-1.5, AT_LEAST, -1.5, false",
        "delay <15, LESS, 15, false",
        "delay<= 15, AT_MOST, 15, false",
        "delay = late, EQUAL, late, false",
        "delay == 15, EQUAL, 15, false",
        "delay != \"1\"\"5\", UNEQUAL, 1\"5, true",
        "\"delay\" != '<', UNEQUAL, <, true"
      })
  void aComparisonIsACondition(
      String text, Actual.Operator operator, String literal, boolean isText) {
    assertThat(Actual.parse(text))
        .isEqualTo(
            new Actual("delay", Optional.of(new Actual.Condition(operator, literal, isText))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "> 3", "a >", "\"a", "a ! b", "\"a\" b"})
  void whatCannotBeReadIsRefusedWithTheGrammar(String text) {
    assertThatThrownBy(() -> Actual.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("COLUMN OPERATOR VALUE");
  }

  private static String read(Type type, Column column, int rows, String condition) {
    Schema schema = new Schema(List.of(new Field("x", type)));
    ConditionReader reader =
        new ConditionReader(schema, 0, Actual.parse("x " + condition).condition().orElseThrow());
    reader.read(new Block(schema, rows, List.of(column)));
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      text.append(
          switch (reader.state(row)) {
            case RowState.VALUE -> reader.holds(row) ? 'y' : 'n';
            case RowState.MISSING -> '-';
            default -> '?';
          });
    }
    return text.toString();
  }

  @Test
  void comparesWholeNumbersExactly() {
    long big = (1L << 53) + 1;
    Column column =
        new LongColumn(
            new long[] {16, 15, 14, big, 0}, null, Malformed.of(new int[] {4}, new String[] {"x"}));
    assertThat(read(Type.Scalar.LONG, column, 5, "> 15")).isEqualTo("ynny?");
    assertThat(read(Type.Scalar.LONG, column, 5, "<= 15.5")).isEqualTo("nyyn?");
    assertThat(read(Type.Scalar.LONG, column, 5, "= 9007199254740993")).isEqualTo("nnny?");
    assertThat(read(Type.Scalar.LONG, column, 5, "> 9007199254740992")).isEqualTo("nnny?");
  }

  @Test
  void comparesRealNumbers() {
    Column column = Blocks.doubles(0.5, -0.0, null, Double.NaN, Double.POSITIVE_INFINITY);
    assertThat(read(Type.Scalar.DOUBLE, column, 5, ">= 0")).isEqualTo("yy-?y");
    assertThat(read(Type.Scalar.DOUBLE, column, 5, "= 0")).isEqualTo("ny-?n");
  }

  @Test
  void comparesTextsAsNumbersUnlessQuoted() {
    Column column = Blocks.texts("08", "8", "nine", null, "10");
    assertThat(read(Type.Scalar.STRING, column, 5, "= 8")).isEqualTo("yy?-n");
    assertThat(read(Type.Scalar.STRING, column, 5, "= '8'")).isEqualTo("nyn-n");
    assertThat(read(Type.Scalar.STRING, column, 5, "= nine")).isEqualTo("nny-n");
    assertThat(read(Type.Scalar.STRING, column, 5, "> 8")).isEqualTo("nn?-y");
  }

  @Test
  void comparesDatesTimesAndTruthValues() {
    assertThat(read(Type.Scalar.DATE, Blocks.longs(0L, 1L), 2, "> 1970-01-01")).isEqualTo("ny");
    Type millis = new Type.Timestamp(Type.Unit.MILLIS, Type.Clock.LOCAL);
    assertThat(read(millis, Blocks.longs(999L, 1000L), 2, ">= 1970-01-01T00:00:01"))
        .isEqualTo("ny");
    assertThat(read(millis, Blocks.longs(-1L, 0L), 2, ">= 1970-01-01")).isEqualTo("ny");
    Type utc = new Type.Timestamp(Type.Unit.MICROS, Type.Clock.UTC);
    assertThat(read(utc, Blocks.longs(0L, 1L), 2, "= 1970-01-01T00:00:00Z")).isEqualTo("yn");
    Type time = new Type.Time(Type.Unit.MILLIS);
    assertThat(read(time, Blocks.longs(60_000L, 1L), 2, "= 00:01")).isEqualTo("yn");
    assertThat(read(Type.Scalar.BOOLEAN, Blocks.longs(1L, 0L), 2, "= true")).isEqualTo("yn");
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatThrownBy(() -> read(Type.Scalar.LONG, Blocks.longs(1L), 1, "= late"))
        .hasMessageContaining("long")
        .hasMessageContaining("late");
    assertThatThrownBy(() -> read(Type.Scalar.DATE, Blocks.longs(1L), 1, "= 7"))
        .hasMessageContaining("date");
  }
}
