package io.agrippa.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmarks compare before they time anything, on small models. */
class ModelsTest {
  @TempDir static Path folder;
  private static Models models;

  @BeforeAll
  static void train() {
    models = new Models(folder);
    models.prepare(Models.Size.SMALL);
  }

  @Test
  void all_engines_agree() {
    for (Workload workload : Workload.values()) {
      for (double missing : new double[] {0, 0.1}) {
        for (Workload.Engine engine : workload.engines(missing)) {
          Rows rows = Models.rows(workload, 600, missing);
          try (Contender contender = models.contender(workload, engine, rows)) {
            assertThatCode(
                    () -> models.requireAgreement(workload, engine, contender, missing, rows))
                .as(workload + ", " + engine.title())
                .doesNotThrowAnyException();
          }
        }
      }
    }
  }

  @Test
  void a_difference_is_refused() {
    Rows rows = Models.rows(Workload.LOGISTIC, 600, 0);
    Rows others = Models.rows(Workload.LOGISTIC, 600, 0.1);
    try (Contender contender = models.contender(Workload.LOGISTIC, Workload.Engine.JPMML, others)) {
      assertThatThrownBy(
              () ->
                  models.requireAgreement(
                      Workload.LOGISTIC, Workload.Engine.JPMML, contender, 0, rows))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("JPMML-Evaluator");
    }
  }

  @Test
  void predictions_are_not_all_alike() {
    for (Workload workload : Workload.values()) {
      Rows rows = Models.rows(workload, 600, 0.1);
      try (Contender contender = models.contender(workload, Workload.Engine.AGRIPPA, rows)) {
        double[][] results = contender.results(contender.score());
        assertThat(results).hasNumberOfRows(600);
        assertThat(Arrays.stream(results).map(row -> row[0]).distinct().count())
            .as(workload.toString())
            .isGreaterThan(20);
      }
    }
  }
}
