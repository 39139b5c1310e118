package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.pmml.PmmlWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written as PMML predicts as the library does, also at the edges. */
class ExportTest {
  private static final GradientBoostedTrees BOOSTING =
      new GradientBoostedTrees(20, 5, 12, 3, 0.2, 0.7);
  private static final RandomForest FOREST = new RandomForest(12, 0, 8, 20, 3, 1.0);

  /** Mixed columns with missing values, in which the target can be learnt. */
  private static MemorySource mixed(int rows, long seed, String... colours) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Object> x = new ArrayList<>();
    List<Object> whole = new ArrayList<>();
    List<Object> colour = new ArrayList<>();
    List<Object> flag = new ArrayList<>();
    List<Object> amount = new ArrayList<>();
    List<Object> two = new ArrayList<>();
    List<Object> three = new ArrayList<>();
    List<Object> truth = new ArrayList<>();
    List<Object> number = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      double a = random.nextDouble() * 10 + 0.01;
      int b = random.nextInt(6);
      int c = random.nextInt(colours.length);
      boolean d = random.nextBoolean();
      double score = a - b + (c == 0 ? 3 : 0) + (d ? 1 : 0) + random.nextDouble();
      x.add(random.nextInt(9) == 0 ? null : a);
      whole.add(random.nextInt(9) == 0 ? null : b);
      colour.add(random.nextInt(9) == 0 ? null : colours[c]);
      flag.add(random.nextInt(9) == 0 ? null : d);
      amount.add(random.nextInt(20) == 0 ? null : Math.exp(score / 5));
      two.add(random.nextInt(20) == 0 ? null : score > 4 ? "yes" : "no");
      three.add(score > 6 ? "high" : score > 2 ? "middle" : "low");
      truth.add(score > 4);
      number.add(score > 6 ? 10 : score > 2 ? 9 : -1);
    }
    return new MemorySource()
        .with("x", Type.Scalar.DOUBLE, x)
        .with("whole", Type.Scalar.INT, whole)
        .with("colour", Type.Scalar.STRING, colour)
        .with("flag", Type.Scalar.BOOLEAN, flag)
        .with("amount", Type.Scalar.DOUBLE, amount)
        .with("two", Type.Scalar.STRING, two)
        .with("three", Type.Scalar.STRING, three)
        .with("truth", Type.Scalar.BOOLEAN, truth)
        .with("number", Type.Scalar.INT, number);
  }

  private static TrainingRequest request(MemorySource source, String target, Algorithm algorithm) {
    return TrainingRequest.of("m", source.data(), TrainingTarget.parse(target), algorithm)
        .from(List.of("x", "whole", "colour", "flag"));
  }

  private static Document check(TrainingRequest request) throws IOException {
    return check(request, request);
  }

  /** Trains by one request and compares on the rows of another. */
  private static Document check(TrainingRequest request, TrainingRequest rows) throws IOException {
    Training training = new Training(request, TrainingTasks.THREADS);
    Training.Learnt learnt = training.learn();
    Document document = training.finish(learnt).document();
    Table all = new Training(rows, TrainingTasks.THREADS).read(row -> true);
    Parity.check(PmmlWriter.bytes(document), learnt, rows.data().source(), all, 1);
    return document;
  }

  static List<TrainingRequest> everyKind() {
    MemorySource source = mixed(600, 1, "red", "green", "blue");
    return List.of(
        request(source, "two", BOOSTING),
        request(source, "far=amount>2", BOOSTING),
        request(source, "truth", BOOSTING),
        request(source, "amount", BOOSTING),
        request(source, "two", FOREST),
        request(source, "three", FOREST),
        request(source, "truth", FOREST),
        request(source, "number", FOREST).categorical(List.of("number", "whole")),
        request(source, "two", new LogisticRegression()),
        request(source, "truth", new LogisticRegression(0, 1e-5, 50)),
        request(source, "two", new LogisticRegression()).logarithmic(List.of("x")),
        request(source, "two", BOOSTING).categorical(List.of("whole")),
        request(source, "amount", new LinearRegression()),
        request(source, "amount", new LinearRegression(LinearRegression.Response.LOG))
            .logarithmic(List.of("x")));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void predictsAsTheLibraryDoes(TrainingRequest request) throws IOException {
    check(request);
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void categoriesThatWereNotThereInTrainingArePredictedAsTheLibraryDoes(TrainingRequest request)
      throws IOException {
    MemorySource other = mixed(300, 2, "violet", "green", "blue", "red");
    check(
        request,
        new TrainingRequest(
            request.name(),
            request.title(),
            other.data(),
            request.target(),
            request.inputs(),
            request.categories(),
            request.logarithms(),
            request.algorithm(),
            1,
            1));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void trainedTwiceTheBytesAreTheSame(TrainingRequest request) throws IOException {
    assertThat(PmmlWriter.bytes(Trainer.train(request).document()))
        .isEqualTo(PmmlWriter.bytes(Trainer.train(request).document()));
  }

  @Test
  void anotherSeedGivesAnotherModel() throws IOException {
    TrainingRequest request = request(mixed(600, 1, "red", "green"), "two", BOOSTING);
    assertThat(PmmlWriter.bytes(Trainer.train(request).document()))
        .isNotEqualTo(PmmlWriter.bytes(Trainer.train(request.sampled(0.8, 2)).document()));
  }

  @Test
  void treesOfOneNodeAreWritten() throws IOException {
    MemorySource source = mixed(60, 3, "red", "green");
    // No leaf may have fewer rows than all, so no tree is ever split.
    Document document =
        check(request(source, "two", new GradientBoostedTrees(3, 5, 8, 1_000, 0.1, 1.0)));
    MiningModel chain = (MiningModel) document.models().get(0);
    MiningModel sum = (MiningModel) chain.segments().get(0).model();
    assertThat(sum.segments())
        .hasSize(3)
        .allSatisfy(s -> assertThat(((TreeModel) s.model()).nodes().size()).isEqualTo(1));
    check(request(source, "three", new RandomForest(3, 0, 5, 8, 1_000, 1.0)));
  }

  @Test
  void aSingleTreeAndASingleInputAreEnough() throws IOException {
    MemorySource source = mixed(80, 4, "red", "green");
    check(
        request(source, "two", new GradientBoostedTrees(1, 1, 2, 1, 1.0, 1.0))
            .from(List.of("colour")));
    check(request(source, "two", new RandomForest(1, 1, 1, 2, 1, 1.0)).from(List.of("x")));
  }

  @Test
  void inputsThatFollowFromOthersGetNoCoefficient() throws IOException {
    List<Object> x = new ArrayList<>();
    List<Object> twice = new ArrayList<>();
    List<Object> y = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 100; i++) {
      double v = random.nextDouble();
      x.add(v);
      twice.add(2 * v);
      y.add(3 + 4 * v + 0.01 * random.nextDouble());
    }
    MemorySource source =
        new MemorySource()
            .with("x", Type.Scalar.DOUBLE, x)
            .with("twice", Type.Scalar.DOUBLE, twice)
            .with("y", Type.Scalar.DOUBLE, y);
    TrainedModel model =
        Trainer.train(
            TrainingRequest.of(
                "m", source.data(), TrainingTarget.parse("y"), new LinearRegression()));
    assertThat(model.report().metrics())
        .filteredOn(m -> m.name().equals("R2"))
        .allSatisfy(m -> assertThat(m.value()).isGreaterThan(0.99));
  }

  @Test
  void rowsWithoutTargetAreLeftOutAndCounted() throws IOException {
    MemorySource source = mixed(600, 1, "red", "green", "blue");
    TrainingReport report = Trainer.train(request(source, "two", FOREST)).report();
    assertThat(report.rows()).isEqualTo(600);
    assertThat(report.withoutTarget()).isPositive();
    assertThat(report.learnt() + report.withoutTarget() + report.measured()).isBetween(560L, 599L);
    assertThat(report.metrics()).extracting(TrainingReport.Metric::name).contains("AUC");
  }
}
