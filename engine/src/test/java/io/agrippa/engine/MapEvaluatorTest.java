package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the adapter takes beyond records; its answers beside JPMML's are held in the benchmarks. */
class MapEvaluatorTest {
  private enum Airport {
    ATL
  }

  @Test
  void typesThatProgramsGiveToConversionsAreTaken() throws IOException {
    ScoringModel model =
        Agrippa.load(
            Path.of(
                System.getProperty("agrippa.root", ".."),
                "models/src/main/resources/io/agrippa/models/zoo/flights-delay.pmml"));
    MapEvaluator evaluator = MapEvaluator.of(model);
    LocalDateTime moment = LocalDateTime.of(2001, 1, 14, 21, 55);
    Map<String, Object> record = new HashMap<>();
    record.put("date", moment);
    record.put("distance", 1671);
    record.put("origin", "ATL");
    record.put("destination", "P");
    Map<String, Object> expected = model.score(record);
    record.put("date", Date.from(moment.toInstant(ZoneOffset.UTC)));
    record.put("origin", Airport.ATL);
    record.put("destination", 'P');
    record.put("unknown", new Object());
    assertThat(evaluator.evaluate(record)).isEqualTo(expected);
    assertThat(record).hasSize(5).containsEntry("origin", Airport.ATL);

    record.put("distance", "far");
    assertThatThrownBy(() -> evaluator.evaluate(record))
        .isInstanceOf(BadRecordException.class)
        .hasMessageContaining("field \"distance\" is \"far\"");
    record.put("distance", new Object());
    assertThatThrownBy(() -> evaluator.evaluate(record))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("field \"distance\" is given a java.lang.Object");
  }
}
