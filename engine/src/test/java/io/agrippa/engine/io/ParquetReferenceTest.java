package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reader against files of the reference writer, and our files against the reference reader. */
class ParquetReferenceTest {
  @TempDir Path folder;

  /**
   * Every physical and logical type, optional and required, and columns that cannot be read between
   * them.
   */
  private static MessageType everyType() {
    return Types.buildMessage()
        .required(PrimitiveTypeName.BOOLEAN)
        .named("boolean")
        .optionalGroup()
        .optional(PrimitiveTypeName.INT32)
        .named("a")
        .optional(PrimitiveTypeName.INT32)
        .named("b")
        .named("nested")
        .optional(PrimitiveTypeName.INT32)
        .named("int32")
        .optional(PrimitiveTypeName.INT64)
        .named("int64")
        .required(PrimitiveTypeName.INT64)
        .named("required")
        .optional(PrimitiveTypeName.INT32)
        .as(LogicalTypeAnnotation.intType(8, true))
        .named("int8")
        .optional(PrimitiveTypeName.INT32)
        .as(LogicalTypeAnnotation.intType(16, false))
        .named("uint16")
        .optional(PrimitiveTypeName.INT32)
        .as(LogicalTypeAnnotation.intType(32, false))
        .named("uint32")
        .optional(PrimitiveTypeName.INT64)
        .as(LogicalTypeAnnotation.intType(64, false))
        .named("uint64")
        .repeated(PrimitiveTypeName.INT32)
        .named("repeated")
        .optional(PrimitiveTypeName.FLOAT)
        .named("float")
        .optional(PrimitiveTypeName.DOUBLE)
        .named("double")
        .optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(2)
        .as(LogicalTypeAnnotation.float16Type())
        .named("half")
        .optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named("string")
        .required(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.enumType())
        .named("enum")
        .optional(PrimitiveTypeName.BINARY)
        .named("binary")
        .optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(3)
        .named("fixed")
        .optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(16)
        .as(LogicalTypeAnnotation.uuidType())
        .named("uuid")
        .optional(PrimitiveTypeName.INT32)
        .as(LogicalTypeAnnotation.dateType())
        .named("date")
        .optional(PrimitiveTypeName.INT32)
        .as(LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS))
        .named("time")
        .optional(PrimitiveTypeName.INT64)
        .as(LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS))
        .named("local")
        .optional(PrimitiveTypeName.INT64)
        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.NANOS))
        .named("utc")
        .optional(PrimitiveTypeName.INT96)
        .named("int96")
        .optional(PrimitiveTypeName.INT32)
        .as(LogicalTypeAnnotation.decimalType(2, 9))
        .named("decimal32")
        .optional(PrimitiveTypeName.INT64)
        .as(LogicalTypeAnnotation.decimalType(0, 18))
        .named("decimal64")
        .optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.decimalType(3, 30))
        .named("decimalBinary")
        .optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(16)
        .as(LogicalTypeAnnotation.decimalType(3, 38))
        .named("decimalFixed")
        .named("everything");
  }

  private static final List<String> READABLE =
      everyType().getFields().stream()
          .map(org.apache.parquet.schema.Type::getName)
          .filter(n -> !n.equals("nested") && !n.equals("repeated"))
          .toList();

  /** The value that our reader must give for a column, and how it is put into a record. */
  private static Object put(String name, Group group, Random random) {
    int any = random.nextInt();
    int few = random.nextInt(20);
    switch (name) {
      case "boolean" -> {
        group.add(name, any > 0);
        return any > 0 ? 1L : 0L;
      }
      case "int32", "date" -> {
        group.add(name, few * 1000);
        return few * 1000L;
      }
      case "int64", "required", "local", "utc" -> {
        long value = random.nextBoolean() ? few : random.nextLong();
        group.add(name, value);
        return value;
      }
      case "int8" -> {
        group.add(name, (int) (byte) any);
        return (long) (byte) any;
      }
      case "uint16" -> {
        group.add(name, any & 0xffff);
        return (long) (any & 0xffff);
      }
      case "uint32" -> {
        group.add(name, any);
        return Integer.toUnsignedLong(any);
      }
      case "uint64" -> {
        long value = random.nextLong() >>> 1;
        group.add(name, value);
        return value;
      }
      case "float" -> {
        group.add(name, any * 0.1f);
        return (double) (any * 0.1f);
      }
      case "double" -> {
        double value = few == 0 ? -0.0 : few == 1 ? Double.NaN : random.nextGaussian();
        group.add(name, value);
        return value;
      }
      case "half" -> {
        int bits = any & 0x7bff; // finite
        group.add(name, Binary.fromConstantByteArray(new byte[] {(byte) bits, (byte) (bits >> 8)}));
        return half(bits);
      }
      case "string", "enum" -> {
        String text = few < 10 ? "text " + few : "ünïque " + any;
        group.add(name, text);
        return text;
      }
      case "binary" -> {
        byte[] bytes = new byte[few];
        random.nextBytes(bytes);
        group.add(name, Binary.fromConstantByteArray(bytes));
        return HexFormat.of().formatHex(bytes);
      }
      case "fixed" -> {
        byte[] bytes = {(byte) few, 0, 1};
        group.add(name, Binary.fromConstantByteArray(bytes));
        return HexFormat.of().formatHex(bytes);
      }
      case "uuid" -> {
        UUID uuid = new UUID(random.nextLong(), few);
        ByteBuffer bytes =
            ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits());
        group.add(name, Binary.fromConstantByteArray(bytes.array()));
        return uuid.toString();
      }
      case "time" -> {
        group.add(name, any & 0xffffff);
        return (long) (any & 0xffffff);
      }
      case "int96" -> {
        int days = any >> 17;
        group.add(name, new NanoTime(2_440_588 + days, few * 1_000_000_007L));
        return days * 86_400_000_000_000L + few * 1_000_000_007L;
      }
      case "decimal32" -> {
        group.add(name, any % 1_000_000_000);
        return hex(BigInteger.valueOf(any % 1_000_000_000));
      }
      case "decimal64" -> {
        long value = few == 0 ? 0 : random.nextLong() / 10;
        group.add(name, value);
        return hex(BigInteger.valueOf(value));
      }
      case "decimalBinary" -> {
        BigInteger value = new BigInteger(few * 4, random).negate();
        group.add(name, Binary.fromConstantByteArray(value.toByteArray()));
        return hex(value);
      }
      case "decimalFixed" -> {
        BigInteger value = new BigInteger(few * 6, random).subtract(BigInteger.TEN);
        ByteBuffer bytes = ByteBuffer.allocate(16);
        for (int i = 0; i < 16 - value.toByteArray().length; i++) {
          bytes.put((byte) value.signum() < 0 ? (byte) -1 : 0);
        }
        bytes.put(value.toByteArray());
        group.add(name, Binary.fromConstantByteArray(bytes.array()));
        return hex(value);
      }
      default -> throw new AssertionError(name);
    }
  }

  private static String hex(BigInteger value) {
    return HexFormat.of().formatHex(value.toByteArray());
  }

  /** By the definition of binary16, in another way than the reader's. */
  private static double half(int bits) {
    int exponent = bits >> 10;
    return exponent == 0
        ? (bits & 0x3ff) / 1024.0 / 16384.0
        : (1024 + (bits & 0x3ff)) / 1024.0 * Math.pow(2, exponent - 15);
  }

  /** Lets the reference write rows of every type; returns what must be read. */
  private static List<List<Object>> write(
      ReferenceParquet.Writer writer, int rows, int percentMissing) throws IOException {
    Random random = new Random(rows);
    List<List<Object>> expected = new ArrayList<>();
    MessageType schema = everyType();
    writer.write(
        rows,
        (row, group) -> {
          List<Object> values = new ArrayList<>();
          for (String name : READABLE) {
            boolean required =
                schema
                    .getType(name)
                    .isRepetition(org.apache.parquet.schema.Type.Repetition.REQUIRED);
            boolean missing = !required && random.nextInt(100) < percentMissing;
            values.add(missing ? null : put(name, group, random));
          }
          if (row % 3 == 0) {
            group.addGroup("nested").append("a", row);
          }
          for (int i = 0; i < row % 4; i++) {
            group.add("repeated", i);
          }
          expected.add(values);
        });
    return expected;
  }

  private static List<Field> wanted(Schema schema) {
    return schema.fields().stream().filter(f -> !(f.type() instanceof Type.Foreign)).toList();
  }

  private static void requireRows(Path file, List<List<Object>> expected) throws IOException {
    ParquetSource source = new ParquetSource(file.toString(), List.of(file));
    List<Field> wanted = wanted(source.schema());
    for (Partitioning partitioning :
        List.of(
            new Partitioning.Natural(),
            new Partitioning.Rows(777),
            new Partitioning.Rows(131),
            new Partitioning.Bytes(50_000))) {
      Table read = Table.read(source, wanted, partitioning);
      assertThat(read.rows()).as("%s", partitioning).isEqualTo(expected);
    }
    assertThat(source.rows()).hasValue(expected.size());
  }

  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void everyTypeIsReadWithAndWithoutDictionary(WriterVersion version) throws IOException {
    for (int percent : new int[] {0, 30, 100}) {
      Path coded = folder.resolve("coded-" + percent + ".parquet");
      requireRows(
          coded,
          write(new ReferenceParquet.Writer(coded, everyType()).version(version), 3_000, percent));
      Path plain = folder.resolve("plain-" + percent + ".parquet");
      requireRows(
          plain,
          write(
              new ReferenceParquet.Writer(plain, everyType()).version(version).withoutDictionary(),
              3_000,
              percent));
    }
  }

  @ParameterizedTest
  @EnumSource(WriterVersion.class)
  void aDictionaryThatIsGivenUpInTheMiddleIsRead(WriterVersion version) throws IOException {
    Path file = folder.resolve("fallback.parquet");
    requireRows(
        file,
        write(
            new ReferenceParquet.Writer(file, everyType())
                .version(version)
                .dictionaryBytes(2_000)
                .rowGroupBytes(1 << 20)
                .pageRows(300),
            5_000,
            10));
  }

  @Test
  void byteStreamSplitIsRead() throws IOException {
    Path file = folder.resolve("split.parquet");
    requireRows(
        file,
        write(
            new ReferenceParquet.Writer(file, everyType())
                .withoutDictionary()
                .byteStreamSplit()
                .version(WriterVersion.PARQUET_2_0),
            3_000,
            20));
  }

  @ParameterizedTest
  @EnumSource(
      value = CompressionCodecName.class,
      names = {"SNAPPY", "GZIP", "ZSTD", "LZ4_RAW"})
  void everyCodecIsRead(CompressionCodecName codec) throws IOException {
    for (WriterVersion version : WriterVersion.values()) {
      Path file = folder.resolve(codec + "-" + version + ".parquet");
      requireRows(
          file,
          write(
              new ReferenceParquet.Writer(file, everyType()).codec(codec).version(version),
              3_000,
              20));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 4_095, 4_096, 4_097})
  void everyNumberOfRowsIsRead(int rows) throws IOException {
    Path file = folder.resolve("rows.parquet");
    requireRows(
        file, write(new ReferenceParquet.Writer(file, everyType()).pageRows(100), rows, 10));
  }

  @Test
  void typesAreTold() throws IOException {
    Path file = folder.resolve("types.parquet");
    write(new ReferenceParquet.Writer(file, everyType()), 1, 0);
    Schema schema = Inputs.open(file.toString()).schema();
    assertThat(schema.names())
        .isEqualTo(
            everyType().getFields().stream().map(org.apache.parquet.schema.Type::getName).toList());
    assertThat(schema.fields().stream().map(Field::type))
        .containsExactly(
            Type.Scalar.BOOLEAN,
            new Type.Foreign("nested columns"),
            Type.Scalar.INT,
            Type.Scalar.LONG,
            Type.Scalar.LONG,
            Type.Scalar.BYTE,
            Type.Scalar.INT,
            Type.Scalar.LONG,
            Type.Scalar.LONG,
            new Type.Foreign("repeated values"),
            Type.Scalar.FLOAT,
            Type.Scalar.DOUBLE,
            Type.Scalar.FLOAT,
            Type.Scalar.STRING,
            Type.Scalar.STRING,
            Type.Scalar.BINARY,
            Type.Scalar.BINARY,
            Type.Scalar.STRING,
            Type.Scalar.DATE,
            new Type.Time(Type.Unit.MILLIS),
            new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL),
            new Type.Timestamp(Type.Unit.NANOS, Type.Clock.UTC),
            new Type.Timestamp(Type.Unit.NANOS, Type.Clock.UTC),
            new Type.Decimal(9, 2),
            new Type.Decimal(18, 0),
            new Type.Decimal(30, 3),
            new Type.Decimal(38, 3));
  }

  @ParameterizedTest
  @EnumSource(ParquetOptions.Compression.class)
  void theReferenceReadsWhatWeWrite(ParquetOptions.Compression compression) throws IOException {
    for (RandomTables.Nulls nulls : RandomTables.Nulls.values()) {
      Path file = folder.resolve("ours-" + nulls + ".parquet");
      Table table = RandomTables.table(RandomTables.everyType(), 5_000, nulls, 3);
      OutputOptions options =
          new OutputOptions(
              Optional.empty(),
              CsvOptions.DEFAULT,
              new ParquetOptions(3_000, compression),
              Existing.FAIL);
      table.write(
          Outputs.open(file.toString(), table.schema(), options, List.of()), 4_096, 100, 900);
      List<Group> read = ReferenceParquet.read(file);
      assertThat(read).hasSize(table.rows().size());
      for (int row = 0; row < read.size(); row++) {
        List<Object> values = new ArrayList<>();
        for (Field field : table.schema().fields()) {
          values.add(value(read.get(row), field));
        }
        assertThat(values).as("%s row %d", nulls, row).isEqualTo(table.rows().get(row));
      }
    }
  }

  private static Object value(Group row, Field field) {
    if (row.getFieldRepetitionCount(field.name()) == 0) {
      return null;
    }
    PrimitiveTypeName physical =
        row.getType().getType(field.name()).asPrimitiveType().getPrimitiveTypeName();
    return switch (physical) {
      case BOOLEAN -> row.getBoolean(field.name(), 0) ? 1L : 0L;
      case INT32 -> (long) row.getInteger(field.name(), 0);
      case INT64 -> row.getLong(field.name(), 0);
      case FLOAT -> (double) row.getFloat(field.name(), 0);
      case DOUBLE -> row.getDouble(field.name(), 0);
      case BINARY ->
          field.type() == Type.Scalar.STRING
              ? row.getString(field.name(), 0)
              : HexFormat.of().formatHex(row.getBinary(field.name(), 0).getBytes());
      case FIXED_LEN_BYTE_ARRAY -> hex(new BigInteger(row.getBinary(field.name(), 0).getBytes()));
      case INT96 -> throw new AssertionError(physical);
    };
  }

  @Test
  void theReferenceSeesOurTypesAndStatistics() throws IOException {
    Path file = folder.resolve("ours.parquet");
    Schema schema =
        new Schema(
            List.of(
                new Field("l", Type.Scalar.LONG),
                new Field("d", Type.Scalar.DOUBLE),
                new Field("nan", Type.Scalar.DOUBLE),
                new Field("t", new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL)),
                new Field("s", Type.Scalar.STRING)));
    List<List<Object>> rows = new ArrayList<>();
    rows.add(Arrays.asList(5L, 0.0, 1.0, -7L, "b"));
    rows.add(Arrays.asList(null, 2.5, Double.NaN, 9L, null));
    rows.add(Arrays.asList(-3L, 1.0, 2.0, 0L, "a"));
    new Table(schema, rows)
        .write(Outputs.open(file.toString(), schema, OutputOptions.DEFAULT, List.of()), 2);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            new LocalInputFile(file),
            ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
      MessageType type = reader.getFileMetaData().getSchema();
      assertThat(type)
          .isEqualTo(
              Types.buildMessage()
                  .optional(PrimitiveTypeName.INT64)
                  .named("l")
                  .optional(PrimitiveTypeName.DOUBLE)
                  .named("d")
                  .optional(PrimitiveTypeName.DOUBLE)
                  .named("nan")
                  .optional(PrimitiveTypeName.INT64)
                  .as(LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS))
                  .named("t")
                  .optional(PrimitiveTypeName.BINARY)
                  .as(LogicalTypeAnnotation.stringType())
                  .named("s")
                  .named("schema"));
      List<ColumnChunkMetaData> columns = reader.getRowGroups().get(0).getColumns();
      assertThat(columns.get(0).getStatistics().toString())
          .isEqualTo("min: -3, max: 5, num_nulls: 1");
      assertThat(columns.get(1).getStatistics().toString())
          .isEqualTo("min: -0.0, max: 2.5, num_nulls: 0");
      assertThat(columns.get(2).getStatistics().hasNonNullValue()).isFalse();
      assertThat(columns.get(3).getStatistics())
          .hasToString(
              "min: 1969-12-31T23:59:59.999993, max: 1970-01-01T00:00:00.000009, num_nulls: 0");
      assertThat(columns.get(4).getStatistics().getNumNulls()).isEqualTo(1);
    }
  }
}
