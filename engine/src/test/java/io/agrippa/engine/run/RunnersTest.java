package io.agrippa.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunnersTest {
  @ParameterizedTest
  @ValueSource(strings = {"serial", "threads:1", "threads:7", "threads:4096"})
  void aRunnerIsCalledAsItWasAskedFor(String name) {
    assertThat(Runners.named(name).name()).isEqualTo(name);
  }

  @Test
  void threadsAloneTakesAllCores() {
    assertThat(Runners.named("threads").name())
        .isEqualTo("threads:" + Runtime.getRuntime().availableProcessors());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "serial:2 | serial takes no argument",
        "threads: | whole number from 1",
        "threads:0 | whole number from 1",
        "threads:-3 | whole number from 1",
        "threads:many | whole number from 1",
        "threads:4097 | to 4096",
        "virtual:4 | not in this version",
        "processes:4 | not in this version",
        "spark:local[2] | spark-runner",
        "gpu | use one of serial, threads",
        "'' | use one of serial, threads",
        "Serial | use one of serial, threads"
      })
  void whatIsNoRunnerIsNamedWithItsRemedy(String name, String remedy) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Runners.named(name))
        .withMessageStartingWith("runner \"" + name + "\": ")
        .withMessageContaining(remedy);
  }
}
