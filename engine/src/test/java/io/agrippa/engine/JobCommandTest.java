package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The command that a measurement names does the job again. */
class JobCommandTest {
  private static final Job.Dataset INPUT = new Job.Dataset("in.csv");
  private static final Job.ModelPlace MODEL = new Job.ModelPlace("m.pmml");

  @Test
  void namesScoringAndCopying() {
    assertThat(JobCommand.of(Job.score(MODEL, INPUT).keeping(List.of("id")).first(10)))
        .isEqualTo("agrippa score --model m.pmml --input in.csv --keep id --limit 10");
    assertThat(JobCommand.of(Job.copy(INPUT, new Job.Dataset("out.csv"))))
        .isEqualTo("agrippa copy --input in.csv --output out.csv --keep '*'");
  }

  @Test
  void namesWhatIsTakenForMissing() {
    assertThat(
            JobCommand.of(
                Job.score(MODEL, INPUT)
                    .taking(Set.of(TakenAsMissing.UNSEEN, TakenAsMissing.NAN))
                    .with(RowPolicy.NULL)))
        .isEqualTo(
            "agrippa score --model m.pmml --input in.csv --bad-rows null --nan-as-missing"
                + " --unseen-as-missing");
  }

  @Test
  void namesProfiles() {
    Job.Analysis profile = new Job.Analysis("profile", Map.of("top", "3"));
    assertThat(JobCommand.of(Job.read(INPUT).with(profile)))
        .isEqualTo("agrippa profile --input in.csv");
    assertThat(JobCommand.of(Job.read(INPUT).keeping(List.of("a", "b")).with(profile)))
        .isEqualTo("agrippa profile --input in.csv --columns a,b");
  }

  @Test
  void namesEvaluations() {
    Job.Analysis evaluation =
        new Job.Analysis(
            "classification",
            Map.of("actual", "delay > 15", "positive", "late", "probability:late", "p(late)"));
    assertThat(JobCommand.of(Job.score(MODEL, INPUT).keeping(List.of("delay")).with(evaluation)))
        .isEqualTo(
            "agrippa evaluate --model m.pmml --input in.csv --actual 'delay > 15' --positive late"
                + " --probability 'late=p(late)'");
  }
}
