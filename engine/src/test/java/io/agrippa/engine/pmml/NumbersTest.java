package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, -0.0",
    "1, 1",
    "+1, 1",
    "1., 1",
    ".5, 0.5",
    "-.5, -0.5",
    "1.5E-3, 0.0015",
    "1e400, Infinity",
    "1E+2, 100",
    "' 7 ', 7",
    "INF, Infinity",
    "inf, Infinity",
    "-Inf, -Infinity",
    "Infinity, Infinity",
    "NaN, NaN",
    "nan, NaN",
    "NAN, NaN"
  })
  void xmlSchemasNumbersAreReadInAnyCase(String text, Double number) {
    assertThat(Numbers.parse(text)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "1x",
        "1f",
        "1d",
        "1D",
        "0x10",
        "0X1P3",
        "1,5",
        "1 2",
        "--1",
        "E5",
        ".",
        "1e",
        "NA",
        "null",
        "infinite",
        "\u0661"
      })
  void nothingElseIs(String text) {
    assertThatThrownBy(() -> Numbers.parse(text)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void aBigExponentTakesNoTime() {
    assertThat(Numbers.parse("1E-2147483647")).isZero();
    assertThat(Numbers.parse("1E99999999999")).isInfinite();
  }
}
