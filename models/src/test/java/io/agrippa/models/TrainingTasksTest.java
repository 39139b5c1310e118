package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.pmml.PmmlWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTasksTest {
  /** Does the last part first, and has everything travel as it does to other machines. */
  private record Travelling(int count) implements TrainingTasks {
    @Override
    public String name() {
      return "travelling";
    }

    @Override
    public <S extends Serializable, R extends Serializable> List<R> run(
        S shared, int tasks, Task<S, R> task) {
      List<R> results = new ArrayList<>();
      for (int i = tasks - 1; i >= 0; i--) {
        results.add(0, travelled(travelled(task).run(travelled(shared), i)));
      }
      return results;
    }

    @SuppressWarnings("unchecked") // it is what was written
    private static <T extends Serializable> T travelled(T value) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
          out.writeObject(value);
        }
        try (ObjectInputStream in =
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
          return (T) in.readObject();
        }
      } catch (IOException | ClassNotFoundException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void aForestIsTheSameInAnyNumberOfPartsDoneElsewhere() throws Exception {
    TrainingRequest request =
        TrainingRequest.of(
            "species",
            TrainingData.at("dataset:iris"),
            TrainingTarget.parse("Species"),
            new RandomForest(7, 0, 20, 256, 5, 1.0));
    byte[] whole = PmmlWriter.bytes(Trainer.train(request).document());
    for (int parts : new int[] {1, 2, 3, 7, 20}) {
      assertThat(PmmlWriter.bytes(Trainer.train(request, new Travelling(parts)).document()))
          .as("%d parts", parts)
          .isEqualTo(whole);
    }
  }

  @Test
  void whatIsNotThereIsSaidWithTheRemedy() {
    assertThat(TrainingTasks.named("threads")).isSameAs(TrainingTasks.THREADS);
    assertThatThrownBy(() -> TrainingTasks.named("spark:local[2]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spark:local[2]")
        .hasMessageContaining("spark-submit");
  }
}
