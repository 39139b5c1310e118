package io.agrippa.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static Aggregation.State profile(String name, Type type, int rows, Column column) {
    Schema schema = new Schema(List.of(new Field(name, type)));
    Aggregation.State state = new AnalysisProvider().bind("profile", Map.of(), schema).state();
    state.add(new Block(schema, rows, List.of(column)));
    return state;
  }

  private static Aggregation.State longs(Long... values) {
    return profile("x", Type.Scalar.LONG, values.length, Blocks.longs(values));
  }

  private static Aggregation.State texts(String... values) {
    return profile("x", Type.Scalar.STRING, values.length, Blocks.texts(values));
  }

  private static Long[] range(long from, long to) {
    return LongStream.range(from, to).boxed().toArray(Long[]::new);
  }

  @Test
  void theSameRowsHaveNotMoved() {
    Drift.Field field = Drift.between(longs(range(0, 100)), longs(range(0, 100))).fields().get(0);
    assertThat(field.psi()).isZero();
    assertThat(field.ks()).isZero();
    assertThat(field.change()).isEqualTo(Drift.Change.NONE);
    assertThat(field.bins()).hasSize(10);
    assertThat(field.bins().get(0)).isEqualTo(new Drift.Bin("≤ 9", 10, 10));
    assertThat(field.bins().get(9)).isEqualTo(new Drift.Bin("> 89", 10, 10));
  }

  @Test
  void measuresNumbersAsWorkedByHand() {
    // the reference has half its rows at 1 and half at 2, the others a quarter and three quarters
    Drift.Field field = Drift.between(longs(1L, 1L, 2L, 2L), longs(1L, 2L, 2L, 2L)).fields().get(0);
    assertThat(field.bins())
        .containsExactly(new Drift.Bin("≤ 1", 2, 1), new Drift.Bin("> 1", 2, 3));
    // (.25 - .5) ln .5 + (.75 - .5) ln 1.5 = .25 ln 3
    assertThat(field.psi()).isCloseTo(0.25 * Math.log(3), within(1e-15));
    assertThat(field.ks()).isEqualTo(0.25);
    assertThat(field.ksError()).isZero();
    assertThat(field.change()).isEqualTo(Drift.Change.SIGNIFICANT);
  }

  @Test
  void missingValuesAreABinOfTheirOwn() {
    Drift.Field field =
        Drift.between(longs(1L, 1L, 2L, 2L), longs(1L, null, 2L, null)).fields().get(0);
    assertThat(field.bins()).contains(new Drift.Bin("no value", 0, 2));
    assertThat(field.ks()).isZero();
    // 2 · (.25 - .5) ln .5 + (.5 - .0001) ln 5000
    assertThat(field.psi()).isCloseTo(0.5 * Math.log(2) + 0.4999 * Math.log(5000), within(1e-12));
  }

  @Test
  void newCategoriesAreTold() {
    Drift.Field field =
        Drift.between(texts("a", "a", "b", "b"), texts("a", "c", "b", "d")).fields().get(0);
    assertThat(field.bins())
        .containsExactly(
            new Drift.Bin("a", 2, 1),
            new Drift.Bin("b", 2, 1),
            new Drift.Bin("categories that the reference does not have", 0, 2));
    assertThat(field.ks()).isNaN();
  }

  @Test
  void rareCategoriesAreOneBin() {
    String[] many = LongStream.range(0, 200).mapToObj(i -> "c" + i).toArray(String[]::new);
    Drift.Field field = Drift.between(texts(many), texts(many)).fields().get(0);
    assertThat(field.bins()).hasSize(51).contains(new Drift.Bin("other categories", 150, 150));
    assertThat(field.psi()).isZero();
  }

  @Test
  void textsThatWriteNumbersAreComparedAsNumbers() {
    Drift.Field field = Drift.between(texts("1", "2", "3"), longs(1L, 2L, 3L)).fields().get(0);
    assertThat(field.ks()).isZero();
    assertThatThrownBy(() -> Drift.between(texts("a", "2"), longs(1L, 2L)))
        .hasMessageContaining("\"x\"")
        .hasMessageContaining("schema");
  }

  @Test
  void columnsThatOneSideLacksAreNamed() {
    Drift drift =
        Drift.between(
            profile("a", Type.Scalar.LONG, 1, Blocks.longs(1L)),
            profile("b", Type.Scalar.LONG, 1, Blocks.longs(1L)));
    assertThat(drift.fields()).isEmpty();
    assertThat(drift.onlyInReference()).containsExactly("a");
    assertThat(drift.onlyNow()).containsExactly("b");
  }

  @Test
  void nothingHeldAgainstSomethingIsNotDefined() {
    Drift.Field field = Drift.between(longs(1L, 2L), longs()).fields().get(0);
    assertThat(field.psi()).isNaN();
    assertThat(field.ks()).isNaN();
  }

  @Test
  void theDistanceOfManyDifferentNumbersIsWithinItsStatedError() {
    Schema schema = new Schema(List.of(new Field("x", Type.Scalar.DOUBLE)));
    Aggregation aggregation = new AnalysisProvider().bind("profile", Map.of(), schema);
    Aggregation.State[] states = {aggregation.state(), aggregation.state()};
    double[][] all = new double[2][];
    for (int side = 0; side < 2; side++) {
      Random random = new Random(40 + side);
      double shift = side * 0.1;
      all[side] = random.doubles(100_000).map(u -> Math.exp(3 * u + shift)).toArray();
      for (int from = 0; from < all[side].length; from += 4000) {
        double[] part = Arrays.copyOfRange(all[side], from, from + 4000);
        states[side].add(new Block(schema, part.length, List.of(new DoubleColumn(part, null))));
      }
      Arrays.sort(all[side]);
    }
    double exact = 0;
    int j = 0;
    for (int i = 0; i < all[0].length; i++) {
      while (j < all[1].length && all[1][j] < all[0][i]) {
        j++;
      }
      exact = Math.max(exact, (i + 1 - j) / 100_000.0);
    }
    Drift.Field field = Drift.between(states[0], states[1]).fields().get(0);
    assertThat(field.ks()).isBetween(exact - field.ksError(), exact);
    assertThat(field.ksError()).isBetween(1e-6, 1e-3);
    assertThat(field.bins()).hasSize(10);
    assertThat(field.bins().get(0).before()).isBetween(9_990L, 10_020L);
  }
}
