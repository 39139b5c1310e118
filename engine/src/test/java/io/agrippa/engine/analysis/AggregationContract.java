package io.agrippa.engine.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Block;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every aggregation promises; a subclass says how to make one and rows for it. */
abstract class AggregationContract {
  private static final int[] SIZES = {0, 1, 63, 64, 65, 4095, 4096, 0, 7};
  private static final int SEEDS = 8;

  /** The aggregation under test. */
  abstract Aggregation aggregation();

  /** A block of so many rows, with missing values and the like by the random numbers. */
  abstract Block block(Random random, int rows);

  private List<Block> blocks(long seed) {
    Random random = new Random(seed);
    List<Block> blocks = new ArrayList<>();
    for (int size : SIZES) {
      blocks.add(block(random, size));
    }
    return blocks;
  }

  private Aggregation.State inOrder(List<Block> blocks) {
    Aggregation.State state = aggregation().state();
    blocks.forEach(state::add);
    return state;
  }

  /** Blocks cut, shuffled and dealt to some states, which are then merged two by two. */
  private Aggregation.State inSomeOrder(List<Block> blocks, Random random) throws IOException {
    List<Block> shuffled = new ArrayList<>();
    for (Block block : blocks) {
      int cut = block.rows() == 0 ? 0 : random.nextInt(block.rows() + 1);
      shuffled.add(block.first(cut));
      shuffled.add(Blocks.from(block, cut));
    }
    Collections.shuffle(shuffled, random);
    List<Aggregation.State> states = new ArrayList<>();
    int workers = 1 + random.nextInt(6);
    for (int i = 0; i < workers; i++) {
      states.add(aggregation().state());
    }
    shuffled.forEach(block -> states.get(random.nextInt(workers)).add(block));
    while (states.size() > 1) {
      Aggregation.State one = states.remove(random.nextInt(states.size()));
      Aggregation.State other = states.get(random.nextInt(states.size()));
      other.merge(random.nextBoolean() ? one : throughBytes(one));
    }
    return states.get(0);
  }

  private Aggregation.State throughBytes(Aggregation.State state) throws IOException {
    return aggregation().read(in(bytes(state)));
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  static byte[] bytes(Aggregation.State state) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    state.write(new DataOutputStream(out));
    return out.toByteArray();
  }

  @Test
  void anyOrderAndGroupingGivesTheSameBits() throws IOException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<Block> blocks = blocks(seed);
      Aggregation.State expected = inOrder(blocks);
      byte[] expectedBytes = bytes(expected);
      Random random = new Random(100 + seed);
      for (int round = 0; round < 3; round++) {
        Aggregation.State actual = inSomeOrder(blocks, random);
        assertThat(bytes(actual)).as("seed %d, round %d", seed, round).isEqualTo(expectedBytes);
        assertThat(actual.result())
            .as("seed %d, round %d", seed, round)
            .isEqualTo(expected.result());
      }
    }
  }

  @Test
  void aStateThatWasWrittenAndReadMergesAsItself() throws IOException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      List<Block> blocks = blocks(seed);
      Aggregation.State direct = inOrder(blocks.subList(0, 5));
      direct.merge(inOrder(blocks.subList(5, blocks.size())));
      Aggregation.State travelled = throughBytes(inOrder(blocks.subList(0, 5)));
      travelled.merge(throughBytes(inOrder(blocks.subList(5, blocks.size()))));
      assertThat(travelled.result()).as("seed %d", seed).isEqualTo(direct.result());
    }
  }

  @Test
  void anEmptyStateChangesNothing() throws IOException {
    List<Block> blocks = blocks(1);
    Aggregation.State state = inOrder(blocks);
    state.merge(aggregation().state());
    state.merge(throughBytes(aggregation().state()));
    Aggregation.State empty = aggregation().state();
    empty.merge(inOrder(blocks));
    assertThat(state.result()).isEqualTo(inOrder(blocks).result());
    assertThat(empty.result()).isEqualTo(state.result());
  }

  @Test
  void theResultOfNoRowsIsThatOfAnEmptyBlock() {
    assertThat(inOrder(List.of(block(new Random(1), 0))).result())
        .isEqualTo(aggregation().state().result());
  }

  @Test
  void bytesThatAreCutShortAreRefused() throws IOException {
    byte[] bytes = bytes(inOrder(List.of(block(new Random(3), 65))));
    Random random = new Random(4);
    for (int i = 0; i < 40; i++) {
      int length = random.nextInt(bytes.length);
      assertThatThrownBy(() -> aggregation().read(in(Arrays.copyOf(bytes, length))))
          .as("%d of %d bytes", length, bytes.length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void bytesOfAnotherVersionAreRefused() throws IOException {
    byte[] bytes = bytes(aggregation().state());
    int version = 2 + (bytes[0] << 8 | bytes[1]); // behind the name of the kind
    bytes[version + 3]++;
    assertThatThrownBy(() -> aggregation().read(in(bytes)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("use the same version of Agrippa");
  }
}
