package io.agrippa.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunnersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "serial",
        "threads:1",
        "threads:7",
        "threads:4096",
        "threads:2:static",
        "threads:2:static:3",
        "threads:2:dynamic",
        "threads:3:dynamic:9",
        "threads:4:guided",
        "threads:4:stealing",
        "processes:2",
        "processes:3:512m"
      })
  void aRunnerIsCalledAsItWasAskedFor(String name) {
    assertThat(Runners.named(name).name()).isEqualTo(name);
  }

  @Test
  void theDefaultScheduleMayBeNamed() {
    assertThat(Runners.named("threads:4:shared").name()).isEqualTo("threads:4");
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void virtualThreadsAreRefusedBeforeJava21() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Runners.named("virtual:4"))
        .withMessageStartingWith("runner \"virtual:4\": virtual threads need Java 21 or later")
        .withMessageEndingWith("run on a newer Java or use threads:N");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtualThreadsTakeSchedulesToo() {
    assertThat(Runners.named("virtual:64").name()).isEqualTo("virtual:64");
    assertThat(Runners.named("virtual:64:dynamic:2").name()).isEqualTo("virtual:64:dynamic:2");
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
        "threads:4: | no schedule \"\"; use one of shared, static[:CHUNK]",
        "threads:4:fair | no schedule \"fair\"; use one of shared, static[:CHUNK]",
        "threads:4:static:0 | whole number of partitions from 1",
        "threads:4:dynamic:x | whole number of partitions from 1",
        "threads:4:guided:2 | only static and dynamic take the size of a chunk",
        "processes:0 | from 1 to 256",
        "processes:257 | from 1 to 256",
        "processes:2:lots | processes:4:2g",
        "processes: | processes:4:2g",
        "spark:local[2] | agrippa-spark",
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
