package io.agrippa.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProfileAggregationTest extends AggregationContract {
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              new Field("whole", Type.Scalar.LONG),
              new Field("real", Type.Scalar.DOUBLE),
              new Field("text", Type.Scalar.STRING),
              new Field("day", Type.Scalar.DATE),
              new Field("price", new Type.Decimal(9, 2)),
              new Field("bytes", Type.Scalar.BINARY)));

  private final DictionaryBuilder words = new DictionaryBuilder();

  @Override
  Aggregation aggregation() {
    return new AnalysisProvider().bind("profile", Map.of(), SCHEMA);
  }

  @Override
  Block block(Random random, int rows) {
    long[] whole = random.longs(rows, -30, 30).map(i -> i % 7 == 0 ? i << 40 : i).toArray();
    double[] real = random.ints(rows, -200, 200).mapToDouble(i -> i * 0.1).toArray();
    for (int i = 0; i < rows; i += 11) {
      real[i] =
          switch (random.nextInt(4)) {
            case 0 -> Double.NaN;
            case 1 -> Double.POSITIVE_INFINITY;
            case 2 -> -0.0;
            default -> 1e300;
          };
    }
    int[] codes = new int[rows];
    byte[][] prices = new byte[rows][];
    for (int i = 0; i < rows; i++) {
      codes[i] =
          random.nextInt(6) == 0 ? -1 : words.code(random.nextInt(3) + (i % 2 == 0 ? "" : " km"));
      prices[i] =
          random.nextInt(6) == 0
              ? null
              : new BigDecimal(random.nextInt(1000) - 500).unscaledValue().toByteArray();
    }
    Dictionary dictionary =
        random.nextBoolean()
            ? words.snapshot()
            : Dictionary.of("2", "1", "0", "2 km", "1 km", "0 km");
    for (int i = 0; i < rows; i++) {
      codes[i] = Math.min(codes[i], dictionary.size() - 1);
    }
    Malformed malformed =
        rows > 5 ? Malformed.of(new int[] {0, 5}, new String[] {"x", "?"}) : Malformed.NONE;
    List<Column> columns =
        List.of(
            new LongColumn(whole, null, malformed),
            new DoubleColumn(real, Blocks.missing(random, rows)),
            new StringColumn(codes, dictionary),
            new LongColumn(whole, Blocks.missing(random, rows)),
            new BinaryColumn(prices),
            new BinaryColumn(prices));
    return new Block(SCHEMA, rows, columns);
  }

  private static Profile profile(Schema schema, Column... columns) {
    int rows =
        columns[0] instanceof StringColumn strings
            ? strings.codes().length
            : columns[0] instanceof LongColumn longs
                ? longs.values().length
                : ((DoubleColumn) columns[0]).values().length;
    Aggregation.State state = new AnalysisProvider().bind("profile", Map.of(), schema).state();
    state.add(new Block(schema, rows, List.of(columns)));
    return (Profile) state.result();
  }

  @Test
  void tellsOfNumbersAsWorkedByHand() {
    Schema schema = new Schema(List.of(new Field("x", Type.Scalar.DOUBLE)));
    Profile.Field field =
        profile(schema, Blocks.doubles(2.0, 4.0, null, 4.0, Double.NaN, 10.0, -5.0))
            .fields()
            .get(0);
    assertThat(field.values()).isEqualTo(6);
    assertThat(field.missing()).isEqualTo(1);
    Profile.Numbers numbers = field.numbers().orElseThrow();
    assertThat(numbers.count()).isEqualTo(5);
    assertThat(numbers.notNumbers()).isEqualTo(1);
    assertThat(numbers.least()).isEqualTo(-5);
    assertThat(numbers.greatest()).isEqualTo(10);
    assertThat(numbers.mean()).isEqualTo(3);
    // squares about the mean: 1 + 1 + 1 + 49 + 64 = 116, over n − 1
    assertThat(numbers.variance()).isEqualTo(29);
    assertThat(numbers.quantiles()).contains(new Profile.Quantile(0.5, 4));
    assertThat(numbers.relativeError()).isZero();
    assertThat(field.distinct()).contains(new Profile.Distinct(4, 0));
    assertThat(field.top().values().get(0)).isEqualTo(new Profile.Frequent("4", 2));
  }

  @Test
  void infinitiesAreLeastAndGreatestAndLeftOutOfTheMean() {
    Schema schema = new Schema(List.of(new Field("x", Type.Scalar.DOUBLE)));
    Profile.Numbers numbers =
        profile(schema, Blocks.doubles(1.0, Double.NEGATIVE_INFINITY, 3.0))
            .fields()
            .get(0)
            .numbers()
            .orElseThrow();
    assertThat(numbers.infinities()).isEqualTo(1);
    assertThat(numbers.least()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(numbers.mean()).isEqualTo(2);
    assertThat(numbers.variance()).isEqualTo(2);
  }

  @Test
  void textsThatWriteNumbersAreToldOfAsNumbersToo() {
    Schema schema = new Schema(List.of(new Field("x", Type.Scalar.STRING)));
    Profile.Field field =
        profile(schema, Blocks.texts("1", " 2.50 ", "-3e1", "1d", "0x1", "1-2", "", "NaN", null))
            .fields()
            .get(0);
    assertThat(field.values()).isEqualTo(8);
    assertThat(field.numbers().orElseThrow().count()).isEqualTo(3);
    assertThat(field.numbers().orElseThrow().least()).isEqualTo(-30);
    assertThat(field.distinct().orElseThrow().count()).isEqualTo(8);
  }

  @Test
  void datesAreToldAsDates() {
    Schema schema = new Schema(List.of(new Field("day", Type.Scalar.DATE)));
    Profile.Field field = profile(schema, Blocks.longs(0L, 31L, 31L)).fields().get(0);
    assertThat(field.text(field.numbers().orElseThrow().greatest())).isEqualTo("1970-02-01");
    assertThat(field.top().values().get(0)).isEqualTo(new Profile.Frequent("1970-02-01", 2));
  }

  @Test
  void manyDifferentTextsAreEstimatedAndTheFrequentOnesFound() {
    Schema schema = new Schema(List.of(new Field("id", Type.Scalar.STRING)));
    List<Aggregation.State> states = new ArrayList<>();
    Aggregation aggregation = new AnalysisProvider().bind("profile", Map.of(), schema);
    DictionaryBuilder growing = new DictionaryBuilder();
    for (int part = 0; part < 3; part++) {
      Aggregation.State state = aggregation.state();
      for (int b = 0; b < 10; b++) {
        int[] codes = new int[4000];
        for (int i = 0; i < codes.length; i++) {
          String text = i % 10 == 0 ? "often" : "id " + (part * 40_000 + b * 4000 + i);
          codes[i] = growing.code(text);
        }
        Column column = new StringColumn(codes, growing.snapshot());
        state.add(new Block(schema, codes.length, List.of(column)));
      }
      states.add(state);
    }
    states.get(0).merge(states.get(1));
    states.get(0).merge(states.get(2));
    Profile.Field field = ((Profile) states.get(0).result()).fields().get(0);
    Profile.Distinct distinct = field.distinct().orElseThrow();
    assertThat(Math.abs(distinct.count() - 108_001.0))
        .isLessThan(4 * distinct.relativeError() * 108_001);
    Profile.Frequent often = field.top().values().get(0);
    assertThat(often.value()).isEqualTo("often");
    assertThat(12_000 - often.count()).isBetween(0L, field.top().error());
  }

  @Test
  void anUnknownParameterIsRefused() {
    assertThatThrownBy(() -> new AnalysisProvider().bind("profile", Map.of("tip", "3"), SCHEMA))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"tip\"")
        .hasMessageContaining("top");
    assertThatThrownBy(() -> new AnalysisProvider().bind("profile", Map.of("top", "-3"), SCHEMA))
        .hasMessageContaining("whole number");
  }
}
