package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import com.github.luben.zstd.Zstd;
import de.siegmar.fastcsv.reader.CsvReader;
import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Cuts;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.bitpacking.Packer;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.xerial.snappy.Snappy;

/**
 * Files larger than the heap are written and read, in a JVM of its own, with little heap and with
 * no more on the class path than the engine brings along: neither Hadoop nor the parts of
 * parquet-java that need it.
 */
class BoundedMemoryTest {
  private static final String HEAP = "-Xmx48m";
  private static final int ROWS = 1_000_000; // of ten columns: 80 MB of values alone

  @TempDir Path folder;

  private static String classPath() throws URISyntaxException {
    List<String> places = new ArrayList<>();
    for (Class<?> type :
        List.of(
            BoundedMemoryTest.class,
            Inputs.class,
            CsvReader.class,
            JavaDoubleParser.class,
            Zstd.class,
            Snappy.class,
            Lz4Decompressor.class,
            FileMetaData.class,
            ValuesReader.class,
            BytesInput.class,
            Packer.class,
            LoggerFactory.class)) {
      places.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    return places.stream().distinct().collect(Collectors.joining(File.pathSeparator));
  }

  /** Runs {@link Child} and returns what it printed. */
  private static String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(HEAP, "-XX:TieredStopAtLevel=1", "-cp", classPath(), Child.class.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.lines().filter(line -> line.startsWith("rows ")).collect(Collectors.joining());
  }

  @ParameterizedTest
  @ValueSource(strings = {"large.csv", "large.csv.zst", "large.parquet"})
  void aFileLargerThanTheHeapIsWrittenAndRead(String name) throws Exception {
    String file = folder.resolve(name).toString();
    String written = run("write", file, Integer.toString(ROWS));
    assertThat(written).startsWith("rows " + ROWS + " ");
    assertThat(run("read", file)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(strings = {"large.csv", "large.parquet"})
  void aGroupLargerThanTheHeapIsOnePartition(String name) throws Exception {
    String file = folder.resolve(name).toString();
    String written = run("write", file, Integer.toString(ROWS));
    assertThat(run("read", file, "key:few")).isEqualTo(written);
    assertThat(run("read", file, "key:one")).isEqualTo(written + " in one");
  }

  @Test
  void theRarerEncodingsOfParquetNeedNoHadoopEither() throws Exception {
    Path file = folder.resolve("encodings.parquet");
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 id; required double a; required double b; required binary s"
                + " (STRING); required binary u (STRING); }");
    new ReferenceParquet.Writer(file, schema)
        .version(WriterVersion.PARQUET_2_0)
        .withoutDictionary()
        .byteStreamSplit()
        .write(
            10_000,
            (row, group) ->
                group
                    .append("id", (long) row)
                    .append("a", row * 0.5)
                    .append("b", 1.0)
                    .append("s", "x")
                    .append("u", "y" + row));
    assertThat(run("read", file.toString())).startsWith("rows 10000 ");
  }

  /** What runs in the other JVM. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws IOException {
      if (arguments[0].equals("write")) {
        write(arguments[1], Integer.parseInt(arguments[2]));
      } else {
        read(arguments[1], Partitioning.parse(arguments.length > 2 ? arguments[2] : "natural"));
      }
    }

    private static Schema schema() {
      List<Field> fields = new ArrayList<>();
      fields.add(new Field("unique", Type.Scalar.STRING));
      fields.add(new Field("few", Type.Scalar.STRING));
      fields.add(new Field("day", Type.Scalar.DATE));
      fields.add(new Field("count", Type.Scalar.LONG));
      fields.add(new Field("one", Type.Scalar.LONG));
      for (int i = 4; i < 10; i++) {
        fields.add(new Field("x" + i, Type.Scalar.DOUBLE));
      }
      return new Schema(fields);
    }

    private static void write(String file, int rows) throws IOException {
      OutputOptions options =
          new OutputOptions(
              Optional.empty(),
              CsvOptions.DEFAULT,
              new ParquetOptions(100_000, ParquetOptions.Compression.SNAPPY),
              Existing.FAIL);
      long hash = 0;
      try (BlockSink sink = Outputs.open(file, schema(), options, List.of())) {
        for (int from = 0; from < rows; from += Block.MAX_ROWS) {
          Block block = block(from, Math.min(Block.MAX_ROWS, rows - from));
          hash += hash(block);
          sink.append(sink.encode(block));
        }
        sink.commit();
      }
      System.out.println("rows " + rows + " hash " + hash);
    }

    private static Block block(int from, int rows) {
      List<Column> columns = new ArrayList<>();
      DictionaryBuilder unique = new DictionaryBuilder();
      DictionaryBuilder few = new DictionaryBuilder();
      int[] uniqueCodes = new int[rows];
      int[] fewCodes = new int[rows];
      long[] days = new long[rows];
      long[] counts = new long[rows];
      for (int i = 0; i < rows; i++) {
        uniqueCodes[i] = unique.code("customer-" + (from + i));
        fewCodes[i] = few.code("city " + (from + i) % 300);
        days[i] = (from + i) % 20_000L;
        counts[i] = (from + i) * 31L;
      }
      columns.add(new StringColumn(uniqueCodes, unique.snapshot()));
      columns.add(new StringColumn(fewCodes, few.snapshot()));
      columns.add(new LongColumn(days, null));
      columns.add(new LongColumn(counts, null));
      long[] ones = new long[rows];
      Arrays.fill(ones, 1);
      columns.add(new LongColumn(ones, null));
      for (int c = 4; c < 10; c++) {
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
          values[i] = ((from + i) * (long) c % 1_000_003) / 64.0;
        }
        columns.add(new DoubleColumn(values, null));
      }
      return new Block(schema(), rows, columns);
    }

    private static void read(String file, Partitioning cut) throws IOException {
      CsvOptions csv = CsvOptions.DEFAULT;
      for (Field field : schema().fields()) {
        csv = csv.withType(field.name(), field.type());
      }
      BlockSource source = Inputs.open(file, new InputOptions(Optional.empty(), csv));
      long rows = 0;
      long hash = 0;
      int count = 0;
      try (Partitions partitions = Cuts.read(source, source.schema().fields(), cut)) {
        for (Partition p = partitions.next(); p != null; p = partitions.next()) {
          count++;
          try (BlockReader reader = p.open()) {
            for (Block block = reader.next(); block != null; block = reader.next()) {
              rows += block.rows();
              hash += hash(block);
            }
          }
        }
      }
      System.out.println("rows " + rows + " hash " + hash + (count == 1 ? " in one" : ""));
    }

    private static long hash(Block block) {
      long hash = 0;
      for (int row = 0; row < block.rows(); row++) {
        long line = 0;
        for (Column column : block.columns()) {
          line = line * 31 + hash(column, row);
        }
        hash += line;
      }
      return hash;
    }

    private static long hash(Column column, int row) {
      if (column instanceof StringColumn strings) {
        return strings.value(row).hashCode();
      } else if (column instanceof LongColumn longs) {
        return Long.hashCode(longs.values()[row]);
      } else if (column instanceof DoubleColumn doubles) {
        return Double.hashCode(doubles.values()[row]);
      } else if (column instanceof BinaryColumn) {
        throw new IllegalStateException("no bytes are written here");
      }
      throw new AssertionError(column);
    }
  }
}
