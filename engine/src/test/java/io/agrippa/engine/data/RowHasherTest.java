package io.agrippa.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RowHasherTest {
  private static final Type.Scalar LONG = Type.Scalar.LONG;
  private static final Type.Scalar DOUBLE = Type.Scalar.DOUBLE;

  private static Block block(Type type, Column column, int rows) {
    return new Block(new Schema(List.of(new Field("f", type))), rows, List.of(column));
  }

  private static RowDigest digest(Type type, Column column, int rows) {
    return new RowHasher().digest(block(type, column, rows));
  }

  private static RowDigest longs(Type type, long... values) {
    return digest(type, new LongColumn(values, null), values.length);
  }

  private static RowDigest doubles(Type type, double... values) {
    return digest(type, new DoubleColumn(values, null), values.length);
  }

  private static RowDigest texts(Dictionary dictionary, int... codes) {
    return digest(Type.Scalar.STRING, new StringColumn(codes, dictionary), codes.length);
  }

  private static RowDigest bytes(Type type, byte[]... values) {
    return digest(type, new BinaryColumn(values), values.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 4095, 4096})
  void digestsOfPartsGiveTheDigestOfTheWhole(int rows) {
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      long[] values = random.longs(rows).toArray();
      int cut = random.nextInt(rows + 1);
      RowDigest whole = longs(LONG, values);
      RowDigest parts =
          longs(LONG, Arrays.copyOf(values, cut))
              .then(longs(LONG, Arrays.copyOfRange(values, cut, rows)));
      assertThat(parts).as("seed %d, cut %d", seed, cut).isEqualTo(whole);
      assertThat(whole.rows()).isEqualTo(rows);
      assertThat(RowDigest.EMPTY.then(whole)).isEqualTo(whole);
      assertThat(whole.then(RowDigest.EMPTY)).isEqualTo(whole);
    }
  }

  @Test
  void joiningIsAssociative() {
    RowDigest a = longs(LONG, 1, 2, 3);
    RowDigest b = longs(LONG, 4);
    RowDigest c = longs(LONG, 5, 6);
    assertThat(a.then(b).then(c)).isEqualTo(a.then(b.then(c)));
  }

  @Test
  void theOrderHashIsThePolynomialOfTheRowHashes() {
    Random random = new Random(3);
    BigInteger prime = BigInteger.ONE.shiftLeft(61).subtract(BigInteger.ONE);
    BigInteger base = BigInteger.valueOf(RowDigest.extend(1, 0));
    long order = 0;
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 10_000; i++) {
      long hash = i < 4 ? new long[] {-1, 0, Long.MIN_VALUE, Long.MAX_VALUE}[i] : random.nextLong();
      order = RowDigest.extend(order, hash);
      expected =
          expected.multiply(base).add(new BigInteger(Long.toUnsignedString(hash))).mod(prime);
      assertThat(order).isEqualTo(expected.longValueExact());
    }
  }

  @Test
  void orderChangesTheSequenceAndNotTheContent() {
    List<Long> values = new ArrayList<>(IntStream.range(0, 1000).mapToObj(i -> (long) i).toList());
    RowDigest sorted = longs(LONG, values.stream().mapToLong(v -> v).toArray());
    Set<String> sequences = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(values, new Random(seed));
      RowDigest shuffled = longs(LONG, values.stream().mapToLong(v -> v).toArray());
      assertThat(shuffled.content()).isEqualTo(sorted.content());
      sequences.add(shuffled.sequence());
    }
    assertThat(sequences).hasSize(50).doesNotContain(sorted.sequence());
  }

  @Test
  void anyChangedValueChangesTheDigest() {
    long[] values = new long[64];
    Set<RowDigest> seen = new HashSet<>();
    seen.add(longs(LONG, values));
    for (int row = 0; row < 64; row++) {
      for (int bit = 0; bit < 64; bit++) {
        values[row] = 1L << bit;
        seen.add(longs(LONG, values));
        values[row] = 0;
      }
    }
    // The content does not depend on the row, the sequence does.
    assertThat(seen).hasSize(1 + 64 * 64);
    assertThat(seen.stream().map(RowDigest::content).distinct()).hasSize(1 + 64);
  }

  @Test
  void oneFlippedBitFlipsAboutHalfOfTheHash() {
    long flipped = 0;
    Random random = new Random(11);
    for (int i = 0; i < 1000; i++) {
      long value = random.nextLong();
      long other = value ^ 1L << random.nextInt(64);
      flipped += Long.bitCount(longs(LONG, value).sum() ^ longs(LONG, other).sum());
    }
    assertThat(flipped / 1000.0).isBetween(31.0, 33.0);
  }

  @Test
  void smallWholeNumbersDoNotCollide() {
    Set<Long> seen = new HashSet<>();
    for (int i = -50_000; i < 50_000; i++) {
      seen.add(longs(LONG, i).sum());
    }
    assertThat(seen).hasSize(100_000);
  }

  @Test
  void kindsOfValuesDifferAndWidthsDoNot() {
    assertThat(longs(Type.Scalar.INT, 7)).isEqualTo(longs(LONG, 7));
    assertThat(longs(Type.Scalar.BYTE, 7)).isEqualTo(longs(Type.Scalar.SHORT, 7));
    assertThat(doubles(Type.Scalar.FLOAT, 0.25)).isEqualTo(doubles(DOUBLE, 0.25));
    assertThat(
            Set.of(
                longs(LONG, 1),
                longs(Type.Scalar.BOOLEAN, 1),
                longs(Type.Scalar.DATE, 1),
                longs(new Type.Time(Type.Unit.NANOS), 1),
                longs(new Type.Timestamp(Type.Unit.NANOS, Type.Clock.LOCAL), 1),
                longs(new Type.Timestamp(Type.Unit.NANOS, Type.Clock.UTC), 1),
                doubles(DOUBLE, 1),
                texts(Dictionary.of("1"), 0),
                bytes(Type.Scalar.BINARY, new byte[] {1}),
                bytes(new Type.Decimal(3, 0), new byte[] {1}),
                bytes(new Type.Decimal(3, 1), new byte[] {1})))
        .hasSize(11);
  }

  @Test
  void negativeZeroIsZeroAndAllNansAreOne() {
    assertThat(doubles(DOUBLE, -0.0)).isEqualTo(doubles(DOUBLE, 0.0));
    assertThat(doubles(DOUBLE, Double.longBitsToDouble(0x7FF8_0000_0000_1234L)))
        .isEqualTo(doubles(DOUBLE, Double.NaN));
    assertThat(doubles(DOUBLE, Double.NaN)).isNotEqualTo(doubles(DOUBLE, 0.0));
    assertThat(doubles(DOUBLE, Double.MIN_VALUE)).isNotEqualTo(doubles(DOUBLE, 0.0));
  }

  @Test
  void timesCountByWhatTheyMean() {
    for (Type.Clock clock : Type.Clock.values()) {
      assertThat(longs(new Type.Timestamp(Type.Unit.MILLIS, clock), -1, 1500, 0))
          .isEqualTo(longs(new Type.Timestamp(Type.Unit.MICROS, clock), -1000, 1_500_000, 0))
          .isEqualTo(
              longs(new Type.Timestamp(Type.Unit.NANOS, clock), -1_000_000, 1_500_000_000L, 0));
    }
    assertThat(longs(new Type.Time(Type.Unit.MILLIS), 86_399_999))
        .isEqualTo(longs(new Type.Time(Type.Unit.NANOS), 86_399_999_000_000L));
  }

  @Test
  void decimalsDoNotCountTheirLeadingBytes() {
    Type type = new Type.Decimal(9, 2);
    assertThat(bytes(type, new byte[] {0, 0, 5}, new byte[] {-1, -1, -5}, new byte[] {0, -5}))
        .isEqualTo(bytes(type, new byte[] {5}, new byte[] {-5}, new byte[] {0, 0, -5}));
    assertThat(bytes(type, new byte[] {0, -5})).isNotEqualTo(bytes(type, new byte[] {-5}));
    assertThat(bytes(type, new byte[] {0, 0})).isEqualTo(bytes(type, new byte[] {0}));
    assertThat(bytes(Type.Scalar.BINARY, new byte[] {0, 5}))
        .isNotEqualTo(bytes(Type.Scalar.BINARY, new byte[] {5}));
  }

  @Test
  void textsCountByContentWhateverTheirCodes() {
    assertThat(texts(Dictionary.of("a", "b", "c"), 2, 0, 1, 1, StringColumn.MISSING))
        .isEqualTo(texts(Dictionary.of("c", "a", "b"), 0, 1, 2, 2, -7));
    Set<RowDigest> seen = new HashSet<>();
    for (String text :
        List.of("", "a", "aa", "aaa", "aaaa", "aaaaa", "\0", "\0\0", "ab", "ba", "abcd", "abcde")) {
      seen.add(texts(Dictionary.of(text), 0));
    }
    assertThat(seen).hasSize(12);
  }

  @Test
  void oneHasherMayMeetManyDictionaries() {
    RowHasher hasher = new RowHasher();
    Random random = new Random(9);
    DictionaryBuilder growing = new DictionaryBuilder();
    for (int i = 0; i < 200; i++) {
      int rows = random.nextInt(50);
      int[] codes = new int[rows];
      for (int row = 0; row < rows; row++) {
        codes[row] = growing.code("text " + random.nextInt(300));
      }
      StringColumn column = new StringColumn(codes, growing.snapshot());
      Block block = block(Type.Scalar.STRING, column, rows);
      RowDigest fresh = new RowHasher().digest(block);
      assertThat(hasher.digest(block)).isEqualTo(fresh);
      assertThat(hasher.digest(block)).as("the same dictionary again").isEqualTo(fresh);
    }
  }

  @Test
  void aMissingValueIsTheSameInEveryType() {
    long[] missing = {1};
    RowDigest expected = texts(Dictionary.EMPTY, StringColumn.MISSING);
    assertThat(digest(LONG, new LongColumn(new long[] {5}, missing), 1)).isEqualTo(expected);
    assertThat(digest(DOUBLE, new DoubleColumn(new double[] {5}, missing), 1)).isEqualTo(expected);
    assertThat(bytes(Type.Scalar.BINARY, (byte[]) null)).isEqualTo(expected);
    assertThat(longs(LONG, 5)).isNotEqualTo(expected);
  }

  @Test
  void malformedValuesCountByTheirText() {
    Malformed malformed = Malformed.of(new int[] {1}, new String[] {"abc"});
    long[] missing = {0b100};
    RowDigest expected =
        longs(LONG, 7)
            .then(texts(Dictionary.of("abc"), 0))
            .then(texts(Dictionary.EMPTY, StringColumn.MISSING))
            .then(longs(LONG, 9));
    assertThat(digest(LONG, new LongColumn(new long[] {7, 0, 0, 9}, missing, malformed), 4))
        .isEqualTo(expected);
  }

  @Test
  void theOrderOfColumnsCountsAndTheirNamesDoNot() {
    Column one = new LongColumn(new long[] {1}, null);
    Column two = new LongColumn(new long[] {2}, null);
    Schema ab = new Schema(List.of(new Field("a", LONG), new Field("b", LONG)));
    Schema cd = new Schema(List.of(new Field("c", LONG), new Field("d", LONG)));
    RowHasher hasher = new RowHasher();
    RowDigest digest = hasher.digest(new Block(ab, 1, List.of(one, two)));
    assertThat(hasher.digest(new Block(cd, 1, List.of(one, two)))).isEqualTo(digest);
    assertThat(hasher.digest(new Block(ab, 1, List.of(two, one)))).isNotEqualTo(digest);
  }

  @Test
  void theFirstRowsOfABlockAreABlock() {
    long[] missing = {0b1010, 1};
    Malformed malformed = Malformed.of(new int[] {2, 64}, new String[] {"x", "y"});
    Block whole =
        new Block(
            new Schema(List.of(new Field("f", LONG))),
            66,
            List.of(new LongColumn(new long[66], missing, malformed)),
            List.of(new RowProblem(0, "f", null, "r"), new RowProblem(64, "f", "v", "r")));
    Block first = whole.first(3);
    assertThat(first.rows()).isEqualTo(3);
    assertThat(first.problems()).containsExactly(new RowProblem(0, "f", null, "r"));
    LongColumn column = (LongColumn) first.column(0);
    assertThat(column.missing()).containsExactly(0b010);
    assertThat(column.malformed().size()).isEqualTo(1);
    assertThat(column.malformed().at(2)).isEqualTo("x");
    assertThat(whole.first(66)).isSameAs(whole);
    assertThat(whole.first(0).rows()).isZero();
  }
}
