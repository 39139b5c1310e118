package io.agrippa.engine.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.RowHasher;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link BlockEncoder} writes, {@link BlockDecoder} reads, to the bit. */
final class BlockPacketsTest {
  private static final Schema TEXTS = new Schema(List.of(new Field("t", Type.Scalar.STRING)));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 4095, 4096})
  void everyTypeComesBackWhateverIsMissing(int rows) throws IOException {
    long seed = Long.getLong("agrippa.seed", 20_261_123L) + rows;
    Random random = new Random(seed);
    RandomBlocks blocks = new RandomBlocks(random);
    try (BlockEncoder encoder = new BlockEncoder(RandomBlocks.SCHEMA);
        BlockDecoder decoder = new BlockDecoder(RandomBlocks.SCHEMA)) {
      for (int round = 0; round < 4; round++) {
        for (RandomBlocks.Missing missing : RandomBlocks.Missing.values()) {
          Block block = blocks.next(rows, missing);
          Block back = decoder.decode(encoder.encode(block), 0);
          assertThat(texts(back))
              .as("seed %d, %d rows, missing %s, round %d", seed, rows, missing, round)
              .isEqualTo(texts(block));
          assertThat(new RowHasher().digest(back)).isEqualTo(new RowHasher().digest(block));
        }
      }
    }
  }

  /** All that a block says, value by value; bits of numbers. */
  private static List<String> texts(Block block) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < block.schema().size(); i++) {
      Field field = block.schema().field(i);
      texts.add(field.name() + " " + TypeText.of(field.type()));
      for (int row = 0; row < block.rows(); row++) {
        texts.add(text(field.type(), block.column(i), row));
      }
    }
    texts.add(block.problems().toString());
    return texts;
  }

  private static String text(Type type, Column column, int row) {
    if (column.isMissing(row)) {
      return null;
    }
    if (column instanceof LongColumn longs) {
      return text(longs.malformed(), row, Long.toString(longs.values()[row]));
    }
    if (column instanceof DoubleColumn doubles) {
      String bits = Long.toHexString(Double.doubleToRawLongBits(doubles.values()[row]));
      return text(doubles.malformed(), row, bits);
    }
    if (column instanceof StringColumn strings) {
      return strings.value(row);
    }
    byte[] bytes = ((BinaryColumn) column).values()[row];
    return type instanceof Type.Decimal ? new BigInteger(bytes).toString() : Arrays.toString(bytes);
  }

  private static String text(Malformed malformed, int row, String value) {
    return malformed.at(row) == null ? value : "malformed " + malformed.at(row);
  }

  @Test
  void aDictionaryKeepsItsIdentityAndItsGrowth() throws IOException {
    DictionaryBuilder builder = new DictionaryBuilder();
    builder.code("a");
    builder.code("b");
    try (BlockEncoder encoder = new BlockEncoder(TEXTS);
        BlockDecoder decoder = new BlockDecoder(TEXTS)) {
      byte[] packet = encoder.encode(block(builder.snapshot(), 0, 1, 0));
      Dictionary first = dictionary(decoder.decode(packet, 0));
      byte[] again = encoder.encode(block(builder.snapshot(), 1, 1, 1));
      assertThat(dictionary(decoder.decode(again, 0))).isSameAs(first);
      builder.code("c");
      Dictionary grown =
          dictionary(decoder.decode(encoder.encode(block(builder.snapshot(), 2, 0, 1)), 0));
      assertThat(grown.extendsFrom(first)).isTrue();
      assertThat(grown.value(2)).isEqualTo("c");
      Dictionary other =
          dictionary(decoder.decode(encoder.encode(block(Dictionary.of("x"), 0)), 0));
      assertThat(other.extendsFrom(grown)).isFalse();
      assertThat(other.value(0)).isEqualTo("x");
    }
  }

  @Test
  void ofALargeDictionaryOnlyWhatIsUsedTravelsUntilItComesAgain() throws IOException {
    String[] entries = new String[100_000];
    Arrays.setAll(entries, i -> "entry number " + i);
    Dictionary large = Dictionary.of(entries);
    try (BlockEncoder encoder = new BlockEncoder(TEXTS);
        BlockDecoder decoder = new BlockDecoder(TEXTS)) {
      byte[] once = encoder.encode(block(large, 99_999, 7));
      byte[] twice = encoder.encode(block(large, 99_998, 8));
      byte[] thrice = encoder.encode(block(large, 5));
      assertThat(once).hasSizeLessThan(2_000);
      assertThat(twice).hasSizeGreaterThan(1_000_000);
      assertThat(thrice).hasSizeLessThan(1_000);
      assertThat(value(decoder.decode(once, 0), 0)).isEqualTo("entry number 99999");
      assertThat(value(decoder.decode(twice, 0), 1)).isEqualTo("entry number 8");
      assertThat(value(decoder.decode(thrice, 0), 0)).isEqualTo("entry number 5");
    }
  }

  private static Block block(Dictionary dictionary, int... codes) {
    return new Block(TEXTS, codes.length, List.of(new StringColumn(codes, dictionary)));
  }

  private static Dictionary dictionary(Block block) {
    return ((StringColumn) block.column(0)).dictionary();
  }

  private static String value(Block block, int row) {
    return ((StringColumn) block.column(0)).value(row);
  }

  @Test
  void whatIsDamagedIsAnErrorAndLeaksNothing() throws IOException {
    long seed = Long.getLong("agrippa.seed", 77L);
    Random random = new Random(seed);
    byte[] good;
    Block block = new RandomBlocks(random).next(65, RandomBlocks.Missing.SOME);
    try (BlockEncoder encoder = new BlockEncoder(RandomBlocks.SCHEMA)) {
      good = encoder.encode(block);
    }
    for (int i = 0; i < 2_000; i++) {
      byte[] bad =
          random.nextBoolean() ? good.clone() : Arrays.copyOf(good, random.nextInt(good.length));
      if (bad.length > 0) {
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      }
      try (BlockDecoder decoder = new BlockDecoder(RandomBlocks.SCHEMA)) {
        decoder.decode(bad, 0); // a flipped bit of a value is still a value
      } catch (IOException e) {
        assertThat(e)
            .as("seed %d, round %d", seed, i)
            .hasMessageStartingWith("a packet that holds no block of ");
      }
    }
  }

  @Test
  void aBlockOfAnotherSchemaIsRefused() throws IOException {
    Schema other = new Schema(List.of(new Field("u", Type.Scalar.STRING)));
    try (BlockEncoder encoder = new BlockEncoder(TEXTS);
        BlockDecoder decoder = new BlockDecoder(other)) {
      byte[] packet = encoder.encode(block(Dictionary.of("a"), 0));
      assertThatThrownBy(() -> decoder.decode(packet, 0))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("its schema is another one");
    }
  }

  @Test
  void whatDoesNotFitIntoItsTypeIsRefused() {
    Schema ints = new Schema(List.of(new Field("n", Type.Scalar.INT)));
    Block block = new Block(ints, 1, List.of(new LongColumn(new long[] {1L << 31}, null)));
    try (BlockEncoder encoder = new BlockEncoder(ints)) {
      assertThatThrownBy(() -> encoder.encode(block))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "column \"n\": 2147483648 does not fit into the 32 bits that Arrow has for it");
    }
  }

  @Test
  void withoutTheJvmOptionAnErrorNamesIt() {
    // A module that java.nio is not open to stands for a virtual machine without the option.
    assertThatThrownBy(() -> ArrowMemory.requireOpenBuffers(java.sql.Date.class.getModule()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("start it with --add-opens=java.base/java.nio=ALL-UNNAMED");
  }
}
