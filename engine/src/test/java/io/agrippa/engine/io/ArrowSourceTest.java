package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.arrow.ArrowCompression;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeSecVector;
import org.apache.arrow.vector.TimeStampSecTZVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrowSourceTest {
  private abstract static class Contract extends SourceContract {
    private final String ending;

    Contract(String ending) {
      this.ending = ending;
    }

    @Override
    String ending() {
      return ending;
    }

    @Override
    void write(Table rows, Path file) throws IOException {
      rows.write(
          Outputs.open(file.toString(), rows.schema(), OutputOptions.DEFAULT, List.of()), 600);
    }

    @Override
    BlockSource open(String location) throws IOException {
      return Inputs.open(location);
    }
  }

  @Nested
  class FileKind extends Contract {
    FileKind() {
      super(".arrow");
    }
  }

  @Nested
  class StreamKind extends Contract {
    StreamKind() {
      super(".arrows");
    }
  }

  @TempDir Path folder;

  private static BlockSource stream(byte[] bytes) throws IOException {
    return Inputs.of(
        new ByteArrayInputStream(bytes),
        "in",
        new InputOptions(Optional.of(Format.ARROWS), CsvOptions.DEFAULT));
  }

  /** Writes vectors with Arrow's own writer, as one batch. */
  private Path write(String name, DictionaryProvider dictionaries, FieldVector... vectors)
      throws IOException {
    Path file = folder.resolve(name);
    try (VectorSchemaRoot root = VectorSchemaRoot.of(vectors);
        OutputStream out = Files.newOutputStream(file);
        ArrowWriter writer =
            name.endsWith("s")
                ? new ArrowStreamWriter(root, dictionaries, out)
                : new ArrowFileWriter(root, dictionaries, Channels.newChannel(out))) {
      writer.start();
      writer.writeBatch();
      writer.end();
    }
    return file;
  }

  @Test
  void theRealFileIsReadWhole() throws IOException {
    Path file =
        Path.of(System.getProperty("agrippa.root", ".."), "datasets/data/flights-200k.arrow");
    BlockSource source = Inputs.open(file.toString());
    assertThat(source.schema().fields())
        .containsExactly(
            new Field("delay", Type.Scalar.SHORT),
            new Field("distance", Type.Scalar.SHORT),
            new Field("time", Type.Scalar.FLOAT));
    assertThat(source.rows()).hasValue(200_000);
    List<List<Object>> rows = Table.read(source).rows();
    assertThat(rows).hasSize(200_000);
    // As the dataset's dictionary has them.
    assertThat(rows.stream().mapToLong(row -> (Long) row.get(0)).summaryStatistics())
        .matches(s -> s.getMin() == -86 && s.getMax() == 1444);
    assertThat(rows.stream().mapToLong(row -> (Long) row.get(1)).summaryStatistics())
        .matches(s -> s.getMin() == 30 && s.getMax() == 4962);
    assertThat(rows.stream().mapToDouble(row -> (Double) row.get(2)).summaryStatistics())
        .matches(s -> s.getMin() == 0.0 && s.getMax() == 23.983333587646484);
    assertThat(Table.read(source, new Partitioning.Rows(1_001)).rows()).isEqualTo(rows);
    assertThat(Table.read(stream(Files.readAllBytes(file))).rows()).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"types.arrow", "types.arrows"})
  void typesThatAreNeverWrittenAreReadToo(String name) throws IOException {
    try (BufferAllocator allocator = new RootAllocator()) {
      UInt1Vector u1 = new UInt1Vector("u1", allocator);
      UInt4Vector u4 = new UInt4Vector("u4", allocator);
      UInt8Vector u8 = new UInt8Vector("u8", allocator);
      Float2Vector half = new Float2Vector("half", allocator);
      LargeVarCharVector large = new LargeVarCharVector("large", allocator);
      DateMilliVector date = new DateMilliVector("date", allocator);
      TimeSecVector time = new TimeSecVector("time", allocator);
      TimeStampSecTZVector stamp = new TimeStampSecTZVector("stamp", allocator, "Europe/Berlin");
      NullVector nothing = new NullVector("nothing", 3);
      ListVector list = ListVector.empty("list", allocator);
      list.addOrGetVector(FieldType.nullable(new ArrowType.Int(32, true)));
      StructVector struct = StructVector.empty("struct", allocator);
      struct.addOrGet("deep", FieldType.nullable(new ArrowType.Utf8()), VarCharVector.class);
      BigIntVector last = new BigIntVector("last", allocator);
      u1.setSafe(0, 255);
      u4.setSafe(0, -1);
      u8.setSafe(0, -1L);
      half.setSafeWithPossibleTruncate(0, 1.5f);
      large.setSafe(0, "größer".getBytes(StandardCharsets.UTF_8));
      date.setSafe(0, -1L);
      time.setSafe(0, 3_661);
      stamp.setSafe(0, 1_000_000_007L);
      last.setSafe(0, Long.MIN_VALUE);
      last.setSafe(2, 7);
      List<FieldVector> vectors =
          List.of(u1, u4, u8, half, large, date, list, struct, time, stamp, nothing, last);
      for (FieldVector vector : vectors) {
        vector.setValueCount(3);
      }
      Path file =
          write(
              name,
              new DictionaryProvider.MapDictionaryProvider(),
              vectors.toArray(FieldVector[]::new));
      BlockSource source = Inputs.open(file.toString());
      assertThat(source.schema().field(6).type()).isInstanceOf(Type.Foreign.class);
      assertThat(source.schema().field(7).type()).isInstanceOf(Type.Foreign.class);
      List<Field> wanted = new ArrayList<>(source.schema().fields());
      wanted.subList(6, 8).clear();
      for (BlockSource each : List.of(source, stream(Files.readAllBytes(file)))) {
        Table table = Table.read(each, wanted, new Partitioning.Natural());
        assertThat(table.schema().fields().stream().map(Field::type))
            .containsExactly(
                Type.Scalar.SHORT,
                Type.Scalar.LONG,
                new Type.Decimal(20, 0),
                Type.Scalar.FLOAT,
                Type.Scalar.STRING,
                Type.Scalar.DATE,
                new Type.Time(Type.Unit.MILLIS),
                new Type.Timestamp(Type.Unit.MILLIS, Type.Clock.UTC),
                Type.Scalar.STRING,
                Type.Scalar.LONG);
        assertThat(table.rows().get(0))
            .isEqualTo(
                Arrays.asList(
                    255L,
                    0xffff_ffffL,
                    "00ffffffffffffffff",
                    1.5,
                    "größer",
                    -1L,
                    3_661_000L,
                    1_000_000_007_000L,
                    null,
                    Long.MIN_VALUE));
        assertThat(table.rows().get(1)).containsOnlyNulls();
        assertThat(table.rows().get(2).get(9)).isEqualTo(7L);
      }
      assertThatThrownBy(() -> source.read(source.schema().fields(), new Partitioning.Natural()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("column \"list\" holds List")
          .hasMessageContaining("leave it out, or flatten it first");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"codes.arrow", "codes.arrows"})
  void dictionariesAreReadWhateverTheyHold(String name) throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        VarCharVector texts = new VarCharVector("texts", allocator)) {
      for (int i : new int[] {0, 1, 3, 4}) {
        texts.setSafe(i, List.of("a", "b", "", "a", "ü").get(i).getBytes(StandardCharsets.UTF_8));
      }
      texts.setValueCount(5); // entry 2 is null, entry 3 is "a" again
      DictionaryEncoding encoding = new DictionaryEncoding(9, false, new ArrowType.Int(8, true));
      TinyIntVector codes =
          new TinyIntVector(
              "s", new FieldType(true, new ArrowType.Int(8, true), encoding), allocator);
      int[] stored = {4, 3, -1, 2, 1, 0};
      for (int row = 0; row < stored.length; row++) {
        if (stored[row] >= 0) {
          codes.setSafe(row, stored[row]);
        }
      }
      codes.setValueCount(stored.length);
      Path file =
          write(
              name,
              new DictionaryProvider.MapDictionaryProvider(new Dictionary(texts, encoding)),
              codes);
      for (BlockSource source :
          List.of(Inputs.open(file.toString()), stream(Files.readAllBytes(file)))) {
        assertThat(source.schema())
            .isEqualTo(new Schema(List.of(new Field("s", Type.Scalar.STRING))));
        assertThat(Table.read(source).rows().stream().map(row -> row.get(0)))
            .containsExactly("ü", "a", null, null, "b", "a");
      }
    }
  }

  /** What Arrow's own writer compresses, as Arrow for Python does by default for Feather. */
  @ParameterizedTest
  @CsvSource({
    "c.arrow, ZSTD",
    "c.arrows, ZSTD",
    "c.arrow, LZ4_FRAME",
    "c.arrows, LZ4_FRAME",
  })
  void compressedBatchesAreReadWithTheirDictionaries(String name, CompressionUtil.CodecType codec)
      throws IOException {
    int rows = 4_500; // the reference compresses LZ4 at a snail's pace
    Path file = folder.resolve(name);
    List<List<Object>> expected = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        BigIntVector numbers = new BigIntVector("n", allocator);
        VarCharVector texts = new VarCharVector("texts", allocator);
        VarCharVector free = new VarCharVector("free", allocator)) {
      for (int i = 0; i < 1_000; i++) {
        texts.setSafe(i, ("text " + i).getBytes(StandardCharsets.UTF_8));
      }
      texts.setValueCount(1_000);
      DictionaryEncoding encoding = new DictionaryEncoding(1, false, new ArrowType.Int(32, true));
      IntVector codes =
          new IntVector("s", new FieldType(true, new ArrowType.Int(32, true), encoding), allocator);
      Random random = new Random(3);
      for (int row = 0; row < rows; row++) {
        if (row % 7 > 0) {
          numbers.setSafe(row, random.nextLong() >> random.nextInt(64));
          codes.setSafe(row, row % 1_000);
          free.setSafe(row, ("row " + row % 5_000).getBytes(StandardCharsets.UTF_8));
        }
        boolean given = row % 7 > 0;
        expected.add(
            Arrays.asList(
                given ? numbers.getObject(row) : null,
                given ? "text " + row % 1_000 : null,
                given ? "row " + row % 5_000 : null));
      }
      for (FieldVector vector : List.of(numbers, codes, free)) {
        vector.setValueCount(rows);
      }
      DictionaryProvider dictionaries =
          new DictionaryProvider.MapDictionaryProvider(new Dictionary(texts, encoding));
      try (VectorSchemaRoot root = VectorSchemaRoot.of(numbers, codes, free);
          OutputStream out = Files.newOutputStream(file);
          ArrowWriter writer =
              name.endsWith("s")
                  ? new ArrowStreamWriter(
                      root,
                      dictionaries,
                      Channels.newChannel(out),
                      IpcOption.DEFAULT,
                      CommonsCompressionFactory.INSTANCE,
                      codec)
                  : new ArrowFileWriter(
                      root,
                      dictionaries,
                      Channels.newChannel(out),
                      Map.of(),
                      IpcOption.DEFAULT,
                      CommonsCompressionFactory.INSTANCE,
                      codec)) {
        writer.start();
        writer.writeBatch();
        writer.end();
      }
    }
    BlockSource source = Inputs.open(file.toString());
    assertThat(Table.read(source).rows()).isEqualTo(expected);
    assertThat(Table.read(source, new Partitioning.Rows(1_001)).rows()).isEqualTo(expected);
    assertThat(Table.read(stream(Files.readAllBytes(file))).rows()).isEqualTo(expected);
    List<Field> one = List.of(source.schema().field(2));
    assertThat(Table.read(source, one, new Partitioning.Natural()).rows())
        .isEqualTo(expected.stream().map(row -> row.subList(2, 3)).toList());
  }

  private static OutputOptions compressed(ArrowCompression compression) {
    OutputOptions usual = OutputOptions.DEFAULT;
    return new OutputOptions(
        usual.format(), usual.csv(), usual.parquet(), compression, usual.existing());
  }

  @ParameterizedTest
  @EnumSource(value = ArrowCompression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aDamagedBufferIsRefusedWithItsBatch(ArrowCompression compression) throws IOException {
    Schema schema = new Schema(List.of(new Field("n", Type.Scalar.LONG)));
    Table table = RandomTables.table(schema, 4_000, RandomTables.Nulls.EVERY_SECOND, 5);
    Path whole = folder.resolve("x.arrow");
    table.write(Outputs.open(whole.toString(), schema, compressed(compression), List.of()), 4_000);
    byte[] bytes = Files.readAllBytes(whole);
    int frame = indexOf(bytes, compression == ArrowCompression.LZ4 ? 0x184D2204 : 0xFD2FB528);
    assertThat(frame).isPositive();
    for (int damage = 0; damage < 3; damage++) {
      byte[] damaged = bytes.clone();
      String problem;
      if (damage == 0) { // the frame
        damaged[frame] ^= 1;
        problem = "is damaged";
      } else if (damage == 1) { // the length before compression: too long by one
        damaged[frame - Long.BYTES]++;
        problem = "is damaged: it holds";
      } else { // the same: far too long
        damaged[frame - 2] = 1;
        problem = "bytes when it is decompressed, but at most";
      }
      Path file = Files.write(folder.resolve("damaged.arrow"), damaged);
      for (BlockSource source : List.of(Inputs.open(file.toString()), stream(damaged))) {
        assertThatThrownBy(() -> Table.read(source))
            .as("damage %d", damage)
            .isInstanceOf(IOException.class)
            .hasMessageContaining(problem)
            .hasMessageMatching("(?s)(in|.*damaged\\.arrow).*");
      }
    }
  }

  private static int indexOf(byte[] bytes, int magic) {
    for (int i = Long.BYTES; i < bytes.length - 4; i++) {
      if (ByteBuffer.wrap(bytes, i, 4).order(ByteOrder.LITTLE_ENDIAN).getInt() == magic) {
        return i;
      }
    }
    return -1;
  }

  /** Whatever is done to a file, it is read or refused with its name. */
  @ParameterizedTest
  @CsvSource({
    "x.arrow, NONE",
    "x.arrows, NONE",
    "x.arrow, ZSTD",
    "x.arrows, LZ4",
  })
  void aDamagedFileIsReadOrRefusedByName(String name, ArrowCompression compression)
      throws IOException {
    Table table = RandomTables.table(RandomTables.everyType(), 300, RandomTables.Nulls.RANDOM, 5);
    Path whole = folder.resolve(name);
    table.write(
        Outputs.open(whole.toString(), table.schema(), compressed(compression), List.of()), 100);
    byte[] bytes = Files.readAllBytes(whole);
    long seed = 77;
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged;
      if (i % 3 == 0) {
        damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        damaged = bytes.clone();
        for (int j = 0; j <= i % 5; j++) {
          damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
      }
      Path file = Files.write(folder.resolve("damaged-" + name), damaged);
      for (boolean streamed : new boolean[] {false, true}) {
        try {
          BlockSource source = streamed ? stream(damaged) : Inputs.open(file.toString());
          Table.read(source);
        } catch (IOException e) {
          refused++;
          assertThat(e)
              .as("seed %d, damage %d, %s", seed, i, streamed)
              .hasMessageStartingWith(streamed ? "in" : file.toString());
        }
      }
    }
    assertThat(refused).isBetween(170, 960);
  }

  @Test
  void whatIsNoArrowIsSaidSo() throws IOException {
    Path text = Files.writeString(folder.resolve("a.arrow"), "x,y\n1,2\n3,4\n5,6\n");
    assertThatThrownBy(() -> Inputs.open(text.toString()).schema())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(text + " cannot be read as Arrow: ");
    Path empty = Files.write(folder.resolve("b.arrow"), new byte[0]);
    assertThatThrownBy(() -> Inputs.open(empty.toString()).schema())
        .hasMessageStartingWith(empty + " cannot be read as Arrow: it is empty");
    assertThatThrownBy(() -> stream(new byte[0]).schema())
        .hasMessageStartingWith("in cannot be read as Arrow: it is empty");
  }
}
