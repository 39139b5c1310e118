package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every format that can be written and read must do. */
abstract class SinkContract {
  @TempDir Path folder;

  /** Name of a file of the format. */
  abstract String name();

  /** Options for writing. */
  OutputOptions options() {
    return OutputOptions.DEFAULT;
  }

  /** Opens a file that was written with a schema, so that it has that schema. */
  abstract BlockSource source(Path file, Schema schema) throws IOException;

  private Path file() {
    return folder.resolve(name());
  }

  private OutputOptions with(Existing existing) {
    OutputOptions options = options();
    return new OutputOptions(options.format(), options.csv(), options.parquet(), existing);
  }

  private BlockSink sink(Schema schema) throws IOException {
    return Outputs.open(file().toString(), schema, options(), List.of());
  }

  static final Schema SMALL =
      new Schema(List.of(new Field("x", Type.Scalar.LONG), new Field("s", Type.Scalar.STRING)));

  private static Table small(int rows) {
    return RandomTables.table(SMALL, rows, RandomTables.Nulls.NONE, rows);
  }

  private List<String> filesLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(RandomTables.Nulls.class)
  void everyTypeComesBackWithEveryPatternOfMissingValues(RandomTables.Nulls nulls)
      throws IOException {
    Table table = RandomTables.table(RandomTables.everyType(), 5_000, nulls, 11);
    table.write(sink(table.schema()), Block.MAX_ROWS);
    assertThat(Table.read(source(file(), table.schema()))).isEqualTo(table);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 4_095, 4_096, 4_097, 100_001})
  void everyNumberOfRowsComesBack(int rows) throws IOException {
    Table table = small(rows);
    table.write(sink(SMALL), Block.MAX_ROWS);
    assertThat(Table.read(source(file(), SMALL))).isEqualTo(table);
  }

  @Test
  void blocksOfAnySizeComeBackInOrder() throws IOException {
    Table table = RandomTables.table(RandomTables.everyType(), 9_000, RandomTables.Nulls.RANDOM, 5);
    table.write(sink(table.schema()), 1, 7, 4_096, 2, 1_024, 1_023, 64);
    assertThat(Table.read(source(file(), table.schema()))).isEqualTo(table);
  }

  @Test
  void blocksMayBeEncodedByManyThreadsAtOnce() throws IOException {
    Table table =
        RandomTables.table(RandomTables.everyType(), 20_000, RandomTables.Nulls.RANDOM, 9);
    List<Block> blocks = table.blocks(500);
    try (BlockSink sink = sink(table.schema())) {
      List<BlockSink.Encoded> encoded = new ArrayList<>(Collections.nCopies(blocks.size(), null));
      IntStream.range(0, blocks.size())
          .parallel()
          .forEach(
              i -> {
                try {
                  encoded.set(i, sink.encode(blocks.get(i)));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      for (BlockSink.Encoded block : encoded) {
        sink.append(block);
      }
      sink.commit();
    }
    assertThat(Table.read(source(file(), table.schema()))).isEqualTo(table);
  }

  @Test
  void anOutputAppearsOnlyWhenCommitted() throws IOException {
    try (BlockSink sink = sink(SMALL)) {
      sink.append(sink.encode(small(10).blocks(10).get(0)));
      assertThat(file()).doesNotExist();
      assertThat(filesLeft())
          .singleElement()
          .asString()
          .matches("\\.\\Q" + name() + "\\E\\.agrippa-.*\\.tmp");
      sink.commit();
      assertThat(filesLeft()).containsExactly(name());
      assertThat(sink.bytes()).isEqualTo(Files.size(file()));
    }
    assertThat(filesLeft()).containsExactly(name());
  }

  @Test
  void withoutACommitNothingRemains() throws IOException {
    BlockSink sink = sink(SMALL);
    sink.append(sink.encode(small(10).blocks(10).get(0)));
    sink.close();
    sink.close();
    assertThat(filesLeft()).isEmpty();
  }

  @Test
  void anExistingFileIsKeptUnlessItMayBeReplaced() throws IOException {
    Files.writeString(file(), "old");
    assertThatThrownBy(() -> sink(SMALL))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exists already");
    assertThat(file()).hasContent("old");

    try (BlockSink sink =
        Outputs.open(file().toString(), SMALL, with(Existing.REPLACE), List.of())) {
      sink.append(sink.encode(small(3).blocks(3).get(0)));
      assertThat(file()).hasContent("old");
      sink.commit();
    }
    assertThat(Table.read(source(file(), SMALL))).isEqualTo(small(3));
  }

  @Test
  void aFileThatAppearsMeanwhileIsNotOverwritten() throws IOException {
    try (BlockSink sink = sink(SMALL)) {
      Files.writeString(file(), "somebody else's");
      assertThatThrownBy(sink::commit).hasMessageContaining("exists already");
    }
    assertThat(filesLeft()).containsExactly(name());
    assertThat(file()).hasContent("somebody else's");
  }

  @Test
  void aLinkIsFollowed() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Files.createSymbolicLink(file(), target);
    small(3).write(Outputs.open(file().toString(), SMALL, with(Existing.REPLACE), List.of()), 3);
    assertThat(file()).isSymbolicLink();
    assertThat(Table.read(source(file(), SMALL))).isEqualTo(small(3));
  }

  @Test
  void anOutputInAMissingFolderIsRefused() {
    Path deep = folder.resolve("missing").resolve(name());
    assertThatThrownBy(() -> Outputs.open(deep.toString(), SMALL, options(), List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(deep.toString())
        .hasMessageContaining("does not exist; create it");
  }

  @Test
  void aFolderIsNoOutput() throws IOException {
    Files.createDirectory(file());
    assertThatThrownBy(() -> sink(SMALL))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a directory");
  }

  @Test
  void anInputIsNoOutputWhateverItIsCalled() throws IOException {
    Path input = Files.writeString(folder.resolve("input"), "x");
    Path hard = Files.createLink(folder.resolve("hard-" + name()), input);
    Path soft = Files.createSymbolicLink(folder.resolve("soft-" + name()), input);
    for (Path output : List.of(hard, soft)) {
      assertThatThrownBy(
              () -> Outputs.open(output.toString(), SMALL, with(Existing.REPLACE), List.of(input)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("is an input");
    }
    assertThat(input).hasContent("x");
  }

  @Test
  void twoColumnsOfOneNameAreRefused() {
    Schema twice =
        new Schema(List.of(new Field("x", Type.Scalar.LONG), new Field("x", Type.Scalar.LONG)));
    assertThatThrownBy(() -> sink(twice))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("two columns \"x\"");
  }

  /** A stream that fails after some bytes. */
  private static OutputStream failing(int after, String message) {
    return new OutputStream() {
      private int left = after;

      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        left -= length;
        if (left < 0) {
          throw new IOException(message);
        }
      }
    };
  }

  private void writeTo(OutputStream stream) throws IOException {
    OutputOptions options =
        new OutputOptions(Format.of(file()), options().csv(), options().parquet(), Existing.FAIL);
    small(100_000).write(Outputs.to(stream, "the output", SMALL, options), 4_000);
  }

  @Test
  void aFullDiskIsNamed() {
    assertThatThrownBy(() -> writeTo(failing(100, "No space left on device")))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the output: the disk is full after")
        .hasMessageContaining("free some space");
  }

  @Test
  void aReaderThatHasGoneIsToldFromAFault() {
    assertThatThrownBy(() -> writeTo(failing(100, "Broken pipe")))
        .isInstanceOf(ReaderGoneException.class);
    assertThatThrownBy(() -> writeTo(failing(100, "Input/output error")))
        .isNotInstanceOf(ReaderGoneException.class)
        .hasMessage("the output cannot be written: Input/output error");
  }

  @Test
  void aStreamGetsTheSameBytesAsAFile() throws IOException {
    Table table = small(5_000);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    OutputOptions options =
        new OutputOptions(Format.of(file()), options().csv(), options().parquet(), Existing.FAIL);
    table.write(Outputs.to(stream, "stream", SMALL, options), 1_000);
    Files.write(file(), stream.toByteArray());
    assertThat(Table.read(source(file(), SMALL))).isEqualTo(table);
  }
}
