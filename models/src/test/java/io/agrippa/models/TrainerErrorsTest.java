package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class TrainerErrorsTest {
  private static final int ROWS = 60;

  private static MemorySource source() {
    return new MemorySource()
        .with("x", Type.Scalar.DOUBLE, IntStream.range(0, ROWS).mapToObj(i -> i * 0.5).toList())
        .with("two", Type.Scalar.STRING, texts("a", "b"))
        .with("three", Type.Scalar.STRING, texts("a", "b", "c"))
        .with("one", Type.Scalar.STRING, texts("a"))
        .with("none", Type.Scalar.DOUBLE, new ArrayList<>(Collections.nCopies(ROWS, null)))
        .with("id", Type.Scalar.STRING, IntStream.range(0, ROWS).mapToObj(i -> "r" + i).toList())
        .with("day", Type.Scalar.DATE, IntStream.range(0, ROWS).boxed().toList())
        .with("bytes", Type.Scalar.BINARY, texts("a"));
  }

  private static List<String> texts(String... cycle) {
    return IntStream.range(0, ROWS).mapToObj(i -> cycle[i % cycle.length]).toList();
  }

  private static TrainingRequest request(String target, Algorithm algorithm, String... inputs) {
    return TrainingRequest.of("m", source().data(), TrainingTarget.parse(target), algorithm)
        .from(Arrays.asList(inputs));
  }

  private static AbstractThrowableAssert<?, ?> failure(TrainingRequest request) {
    return assertThatThrownBy(() -> Trainer.train(request)).isInstanceOf(TrainingException.class);
  }

  @Test
  void anUnknownTargetOrInputIsNamedWithTheColumnsThereAre() {
    failure(request("prize", new LinearRegression(), "x"))
        .hasMessageStartingWith("memory: there is no column \"prize\"; its columns are x, two");
    failure(request("two", new LogisticRegression(), "y"))
        .hasMessageStartingWith("memory: there is no column \"y\"; its columns are x, two");
    failure(request("late=delay>3", new LogisticRegression(), "x"))
        .hasMessageStartingWith("memory: there is no column \"delay\"");
  }

  @Test
  void aTargetOfOneClassIsRefused() {
    for (Algorithm algorithm :
        List.of(new LogisticRegression(), new RandomForest(), new GradientBoostedTrees())) {
      failure(request("one", algorithm, "x"))
          .hasMessage(
              "memory: all rows to learn from have the same \"one\", so there is nothing to tell"
                  + " apart; give rows of at least two classes");
      failure(request("far=x>1000", algorithm, "two")).hasMessageContaining("the same \"far\"");
    }
  }

  @Test
  void aTargetOfThreeClassesIsRefusedWhereTwoAreWanted() {
    for (Algorithm algorithm : List.of(new LogisticRegression(), new GradientBoostedTrees())) {
      failure(request("three", algorithm, "x"))
          .hasMessage(
              "memory: %s tells two classes apart, but target \"three\" has 3; choose random-forest"
                  .formatted(algorithm.label()));
    }
  }

  @Test
  void aTargetOfTheWrongKindIsRefused() {
    failure(request("x", new RandomForest(), "two"))
        .hasMessageContaining("random-forest predicts classes, but target \"x\" is a number");
    failure(request("two", new LinearRegression(), "x"))
        .hasMessageContaining(
            "linear-regression predicts numbers, but target \"two\" is a category");
    failure(request("day", new LinearRegression(), "x"))
        .hasMessageContaining("target \"day\" is a date or time");
    failure(request("far=two>3", new LogisticRegression(), "x"))
        .hasMessageContaining("compares column \"two\", which is not a number");
  }

  @Test
  void dataWithoutRowsToLearnFromIsRefused() {
    MemorySource empty =
        new MemorySource()
            .with("x", Type.Scalar.DOUBLE, List.of())
            .with("y", Type.Scalar.DOUBLE, List.of());
    failure(
            TrainingRequest.of(
                "m", empty.data(), TrainingTarget.parse("y"), new LinearRegression()))
        .hasMessageStartingWith("memory: no rows to learn from (0 rows");
    failure(request("none", new LinearRegression(), "x"))
        .hasMessageStartingWith("memory: no rows to learn from (60 rows");
  }

  @Test
  void anInputThatCannotBeLearntFromIsNamed() {
    failure(request("two", new RandomForest(), "none"))
        .hasMessage(
            "memory: column \"none\": it has no value in the rows to learn from; leave it out of"
                + " the inputs");
    failure(request("two", new RandomForest(), "bytes"))
        .hasMessageContaining("column \"bytes\" is of type BINARY");
    List<String> ids = IntStream.range(0, 2_000).mapToObj(i -> "r" + i).toList();
    MemorySource many =
        new MemorySource()
            .with("id", Type.Scalar.STRING, ids)
            .with("y", Type.Scalar.DOUBLE, Collections.nCopies(2_000, 1.0));
    failure(TrainingRequest.of("m", many.data(), TrainingTarget.parse("y"), new LinearRegression()))
        .hasMessageMatching(
            "memory: column \"id\": it has \\d+ categories, and at most 1000 can be learnt; leave"
                + " it out of the inputs");
  }

  @Test
  void logarithmsOfWhatHasNoneAreRefused() {
    failure(request("two", new LogisticRegression(), "x").logarithmic(List.of("x")))
        .hasMessage(
            "memory: column \"x\": its logarithm is asked for but it holds 0.0; leave that out");
    failure(request("two", new LogisticRegression(), "three").logarithmic(List.of("three")))
        .hasMessageContaining("it is not a number");
    failure(request("two", new LogisticRegression(), "three").logarithmic(List.of("x")))
        .hasMessageContaining("it is not among the inputs");
    failure(request("x", new LinearRegression(LinearRegression.Response.LOG), "two"))
        .hasMessageContaining("the logarithm of the target is asked for but it holds 0.0");
  }

  @Test
  void tooFewRowsForTheCoefficientsAreRefused() {
    failure(request("x", new LinearRegression(), "id"))
        .hasMessageMatching("memory: \\d+ rows are too few for \\d+ coefficients; .*");
  }

  @Test
  void aRequestThatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> request("x", new LinearRegression(), "x", "two"))
        .hasMessage("column \"x\" is both target and input; leave it out of the inputs");
    assertThatThrownBy(() -> request("x", new LinearRegression(), "two").sampled(0, 1))
        .hasMessageContaining("must be above 0 and up to 1");
    failure(request("two=x>3", new LogisticRegression(), "three"))
        .hasMessageContaining("the prediction cannot be called \"two\", as a column is");
    failure(
            TrainingRequest.of(
                "m",
                new MemorySource().with("y", Type.Scalar.DOUBLE, List.of(1.0)).data(),
                TrainingTarget.parse("y"),
                new LinearRegression()))
        .hasMessage("memory: there is no column but the target; a model needs inputs");
  }
}
