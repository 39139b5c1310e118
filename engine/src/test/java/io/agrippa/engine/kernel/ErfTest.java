package io.agrippa.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErfTest {
  /** x, erfc x, erf x. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0",
    "0.5, 0.4795001221869535, 0.5204998778130465",
    "0.999, 0.15771472979350307, 0.8422852702064969",
    "1, 0.15729920705028513, 0.8427007929497149",
    "1.5, 0.033894853524689274, 0.9661051464753108",
    "1.946, 0.005922174311426459, 0.9940778256885735",
    "2, 0.004677734981047265, 0.9953222650189527",
    "3, 2.2090496998585438e-05, 0.9999779095030014",
    "5, 1.5374597944280351e-12, 0.9999999999984626",
    "10, 2.088487583762545e-45, 1",
    "-1, 1.842700792949715, -0.8427007929497149",
    "-3, 1.9999779095030015, -0.9999779095030014"
  })
  void bothAreRightToFourteenDigitsAlsoWhereTheyAreSmall(double x, double erfc, double erf) {
    assertThat(Erf.erfc(x)).isCloseTo(erfc, within(1e-14 * erfc));
    assertThat(Erf.erf(x)).isCloseTo(erf, within(1e-14 * Math.abs(erf)));
  }

  @Test
  void theEndsAreExact() {
    assertThat(Erf.erfc(Double.POSITIVE_INFINITY)).isZero();
    assertThat(Erf.erfc(Double.NEGATIVE_INFINITY)).isEqualTo(2);
    assertThat(Erf.erf(Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Erf.erfc(Double.NaN)).isNaN();
  }
}
