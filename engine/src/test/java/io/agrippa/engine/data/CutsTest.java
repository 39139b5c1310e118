package io.agrippa.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CutsTest {
  /** Kinds of key columns. */
  private enum Kind {
    WORDS(Type.Scalar.STRING),
    NUMBERS(Type.Scalar.LONG),
    REALS(Type.Scalar.DOUBLE);

    private final Type.Scalar type;

    Kind(Type.Scalar type) {
      this.type = type;
    }
  }

  /** Rows numbered from 0 with a key each, in pieces and blocks of given sizes. */
  private static final class Rows implements BlockSource {
    private final Kind kind;
    private final Integer[] keys; // null where missing
    private final int[] pieces;
    private final int blockRows;
    private final long held;

    private Partitioning asked;
    private int opened; // blocks read, by whomever

    Rows(Kind kind, Integer[] keys, int[] pieces, int blockRows, long held) {
      this.kind = kind;
      this.keys = keys;
      this.pieces = pieces;
      this.blockRows = blockRows;
      this.held = held;
    }

    @Override
    public String name() {
      return "rows";
    }

    @Override
    public Schema schema() {
      return new Schema(List.of(new Field("id", Type.Scalar.LONG), new Field("key", kind.type)));
    }

    @Override
    public OptionalLong rows() {
      return OptionalLong.empty();
    }

    @Override
    public OptionalLong bytes() {
      return OptionalLong.empty();
    }

    @Override
    public Partitions read(List<Field> wanted, Partitioning partitioning) {
      asked = partitioning;
      Schema read = new Schema(wanted);
      return new Partitions() {
        private int piece;
        private int row;

        @Override
        public Schema schema() {
          return read;
        }

        @Override
        public Partition next() {
          if (piece == pieces.length) {
            return null;
          }
          int from = row;
          row += pieces[piece++];
          return new Piece(read, from, row);
        }

        @Override
        public void close() {}
      };
    }

    private Block block(Schema schema, int from, int to) {
      List<Column> columns = new ArrayList<>();
      for (Field field : schema.fields()) {
        columns.add(field.name().equals("id") ? ids(from, to) : keys(from, to));
      }
      return new Block(schema, to - from, columns);
    }

    private static Column ids(int from, int to) {
      long[] values = new long[to - from];
      Arrays.setAll(values, i -> from + i);
      return new LongColumn(values, null);
    }

    private Column keys(int from, int to) {
      int rows = to - from;
      long[] missing = new long[Bits.words(rows)];
      long[] longs = new long[rows];
      double[] doubles = new double[rows];
      int[] codes = new int[rows];
      DictionaryBuilder words = new DictionaryBuilder(); // another one for each block
      words.code("padding " + from);
      for (int i = 0; i < rows; i++) {
        Integer key = keys[from + i];
        codes[i] = key == null ? StringColumn.MISSING : words.code("key " + key);
        if (key == null) {
          Bits.set(missing, i);
        } else {
          longs[i] = key;
          doubles[i] = key == 0 ? -0.0 : key;
        }
      }
      long[] bits = Bits.any(missing) ? missing : null;
      return switch (kind) {
        case WORDS -> new StringColumn(codes, words.snapshot());
        case NUMBERS -> new LongColumn(longs, bits);
        case REALS -> new DoubleColumn(doubles, bits);
      };
    }

    private final class Piece implements Partition {
      private final Schema schema;
      private final int from;
      private final int to;

      Piece(Schema schema, int from, int to) {
        this.schema = schema;
        this.from = from;
        this.to = to;
      }

      @Override
      public String origin() {
        return "piece at " + from;
      }

      @Override
      public long bytes() {
        return (long) to - from;
      }

      @Override
      public long heldBytes() {
        return held * (to - from);
      }

      @Override
      public BlockReader open() {
        return new BlockReader() {
          private int next = from;

          @Override
          public Block next() {
            if (next == to) {
              return null;
            }
            int end = Math.min(to, next + blockRows);
            Block block = block(schema, next, end);
            next = end;
            opened++;
            return block;
          }

          @Override
          public void close() {}
        };
      }
    }
  }

  private static final Partitioning BY_KEY = new Partitioning.Key("key");

  private static Integer[] runs(Random random, int longest) {
    List<Integer> keys = new ArrayList<>();
    for (int run = random.nextInt(40); run > 0; run--) {
      Integer key = random.nextInt(6) == 0 ? null : random.nextInt(4);
      for (int i = random.nextInt(longest); i >= 0; i--) {
        keys.add(key);
      }
    }
    return keys.toArray(Integer[]::new);
  }

  private static int[] pieces(Random random, int rows, int longest) {
    List<Integer> sizes = new ArrayList<>();
    for (int left = rows; left > 0; ) {
      int size = Math.min(left, 1 + random.nextInt(longest));
      sizes.add(size);
      left -= size;
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Ids by partition. */
  private static List<List<Long>> cut(Rows source, List<Field> wanted) throws IOException {
    List<List<Long>> all = new ArrayList<>();
    long bytes = 0;
    try (Partitions partitions = Cuts.read(source, wanted, BY_KEY)) {
      assertThat(partitions.schema()).isEqualTo(new Schema(wanted));
      for (Partition p = partitions.next(); p != null; p = partitions.next()) {
        assertThat(p.origin()).isEqualTo("rows");
        bytes += p.bytes();
        List<Long> ids = new ArrayList<>();
        try (BlockReader reader = p.open()) {
          for (Block block = reader.next(); block != null; block = reader.next()) {
            assertThat(block.rows()).isPositive();
            assertThat(block.schema()).isEqualTo(partitions.schema());
            long[] values = ((LongColumn) block.column(0)).values();
            for (int i = 0; i < block.rows(); i++) {
              ids.add(values[i]);
            }
          }
          assertThat(reader.next()).isNull();
        }
        all.add(ids);
      }
      assertThat(partitions.next()).isNull();
    }
    assertThat(bytes).isEqualTo(source.keys.length);
    return all;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void groupsThatStandTogetherAreInOnePartitionAndRowsKeepTheirOrder(Kind kind) throws IOException {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      Integer[] keys = runs(random, 1 + random.nextInt(50));
      int[] pieces = pieces(random, keys.length, 1 + random.nextInt(60));
      Rows source = new Rows(kind, keys, pieces, 1 + random.nextInt(20), 0);
      List<Field> wanted =
          random.nextBoolean() ? source.schema().fields() : source.schema().fields().subList(0, 1);
      List<List<Long>> partitions = cut(source, wanted);
      long next = 0;
      for (List<Long> ids : partitions) {
        assertThat(ids).as("seed %d", seed).isNotEmpty();
        for (long id : ids) {
          assertThat(id).as("seed %d", seed).isEqualTo(next++);
        }
        if (next < keys.length) {
          assertThat(Objects.equals(keys[(int) next - 1], keys[(int) next]))
              .as("seed %d: a group was cut at row %d", seed, next)
              .isFalse();
        }
      }
      assertThat(next).as("seed %d", seed).isEqualTo(keys.length);
    }
  }

  @Test
  void piecesOfOneKeyEachAreNotRunTogether() throws IOException {
    Integer[] keys = {1, 1, 1, 2, 2, 2, 2, 2, 3, 3};
    Rows source = new Rows(Kind.WORDS, keys, new int[] {3, 3, 2, 2}, 2, 0);
    assertThat(cut(source, source.schema().fields()))
        .containsExactly(List.of(0L, 1L, 2L), List.of(3L, 4L, 5L, 6L, 7L), List.of(8L, 9L));
  }

  @Test
  void onlyTheFrontOfAPieceIsReadToFindTheCut() throws IOException {
    Integer[] keys = new Integer[1000];
    Arrays.setAll(keys, i -> i / 3);
    Rows source = new Rows(Kind.NUMBERS, keys, new int[] {500, 500}, 10, 0);
    try (Partitions partitions = Cuts.read(source, source.schema().fields(), BY_KEY)) {
      while (partitions.next() != null) {
        assertThat(source.opened).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void aGroupThatCannotWaitInMemoryIsRefusedWithItsKey() throws IOException {
    Integer[] keys = new Integer[100];
    Arrays.fill(keys, 7);
    Rows source = new Rows(Kind.WORDS, keys, new int[] {10, 10, 80}, 10, 1 << 20);
    List<Field> fields = source.schema().fields();
    try (Partitions pieces = source.read(fields, new Partitioning.Natural());
        KeyCutter cutter =
            new KeyCutter("rows", pieces, 2, 1, new Partitioning.Key("key"), 50L << 20)) {
      assertThatThrownBy(cutter::next)
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("rows: partitioning key:key: the rows together with key = key 7 ")
          .hasMessageEndingWith("save it to a file that is not compressed");
    }
  }

  @Test
  void aKeyThatIsNoColumnIsNamedWithThoseThatAre() {
    Rows source = new Rows(Kind.WORDS, new Integer[0], new int[0], 1, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Cuts.read(source, source.schema().fields(), new Partitioning.Key("customer")))
        .withMessage(
            "partitioning key:customer: rows has no column \"customer\"; its columns are id, key");
  }

  @Test
  void aCountNeedsASize() {
    Rows source = new Rows(Kind.WORDS, new Integer[0], new int[0], 1, 0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cuts.read(source, source.schema().fields(), new Partitioning.Count(3)))
        .withMessageContaining("count:3: the size of rows is not known")
        .withMessageEndingWith("use rows:N or bytes:N");
  }

  @Test
  void otherCutsAreLeftToTheSource() throws IOException {
    Rows source = new Rows(Kind.WORDS, new Integer[0], new int[0], 1, 0);
    Cuts.read(source, source.schema().fields(), new Partitioning.Rows(5)).close();
    assertThat(source.asked).isEqualTo(new Partitioning.Rows(5));
  }

  @Test
  void whatDependsOnRowsBeforeMayNotBeTornApart() {
    RowDependency group =
        new RowDependency.WithinGroup(List.of("customer", "card"), RowDependency.Reach.EARLIER);
    new RowDependency.None().requireWhole(new Partitioning.Rows(10));
    group.requireWhole(new Partitioning.Key("card"));
    group.requireWhole(new Partitioning.Count(1));
    for (Partitioning cut :
        List.of(
            new Partitioning.Natural(),
            new Partitioning.Rows(10),
            new Partitioning.Count(2),
            new Partitioning.Key("shop"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> group.requireWhole(cut))
          .withMessage(
              "partitioning "
                  + cut
                  + ": the model computes from earlier rows of the same customer, card, which this"
                  + " cut would tear apart; use key:customer");
    }
    RowDependency all = new RowDependency.WithinGroup(List.of(), RowDependency.Reach.EARLIER);
    all.requireWhole(new Partitioning.Count(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> all.requireWhole(new Partitioning.Key("card")))
        .withMessageEndingWith("use count:1");
  }
}
