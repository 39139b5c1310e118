package io.agrippa.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
  /** y, then e^y and the logistic of y, each step rounded to a float (worked with 60 digits). */
  @ParameterizedTest
  @CsvSource({
    "4.474766, 87.77404, 0.9887355",
    "-4.474766, 0.0113928905, 0.011264554",
    "20.5, 7.999022E8, 1.0",
    "-20.5, 1.2501529E-9, 1.2501529E-9",
    "60, 1.1420074E26, 1.0",
    "-60, 8.756511E-27, 8.756511E-27",
    "1.5, 4.481689, 0.81757444",
    "0.3, 1.3498589, 0.5744425"
  })
  void eachStepIsRoundedToSinglePrecision(float y, float exp, float logistic) {
    assertThat((float) Links.expSingle(y)).isEqualTo(exp);
    assertThat((float) Links.logisticSingle(y)).isEqualTo(logistic);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.5, 0.6321205588285577, 0.36787944117144233, 0.5, 0.5",
    "1, 0.7310585786300049, 0.9340119641546875, 0.6922006275553463, 0.75, 0.8413447460685429",
    "-1, 0.2689414213699951, 0.3077993724446536, 0.06598803584531254, 0.25, 0.15865525393145707"
  })
  void inverseLinksAreThoseOfTheTables(
      double y, double logistic, double cloglog, double loglog, double cauchit, double probit) {
    assertThat(Links.logistic(y)).isCloseTo(logistic, within(1e-15));
    assertThat(Links.cloglog(y)).isCloseTo(cloglog, within(1e-15));
    assertThat(Links.loglog(y)).isCloseTo(loglog, within(1e-15));
    assertThat(Links.cauchit(y)).isCloseTo(cauchit, within(1e-15));
    assertThat(Links.probit(y)).isCloseTo(probit, within(1e-15));
  }
}
