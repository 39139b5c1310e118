package io.agrippa.engine.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Parquet files by the reference implementation, parquet-java's own reader and writer of records.
 */
final class ReferenceParquet {
  private ReferenceParquet() {}

  /** What the reference is to write. */
  static final class Writer {
    private final Path file;
    private final MessageType schema;
    private CompressionCodecName codec = CompressionCodecName.UNCOMPRESSED;
    private ParquetProperties.WriterVersion version = ParquetProperties.WriterVersion.PARQUET_1_0;
    private boolean dictionary = true;
    private boolean byteStreamSplit;
    private int pageRows = 1_000;
    private int dictionaryBytes = 1 << 20;
    private long rowGroupBytes = 1 << 16;

    Writer(Path file, MessageType schema) {
      this.file = file;
      this.schema = schema;
    }

    Writer codec(CompressionCodecName name) {
      codec = name;
      return this;
    }

    Writer version(ParquetProperties.WriterVersion number) {
      version = number;
      return this;
    }

    Writer withoutDictionary() {
      dictionary = false;
      return this;
    }

    Writer dictionaryBytes(int bytes) {
      dictionaryBytes = bytes;
      return this;
    }

    Writer byteStreamSplit() {
      byteStreamSplit = true;
      return this;
    }

    Writer pageRows(int rows) {
      pageRows = rows;
      return this;
    }

    Writer rowGroupBytes(long bytes) {
      rowGroupBytes = bytes;
      return this;
    }

    /** Writes rows that are filled in one after the other. */
    void write(int rows, BiConsumer<Integer, Group> fill) throws IOException {
      SimpleGroupFactory groups = new SimpleGroupFactory(schema);
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new LocalOutputFile(file))
              .withConf(new PlainParquetConfiguration())
              .withType(schema)
              .withCodecFactory(new ReferenceCodecs())
              .withCompressionCodec(codec)
              .withWriterVersion(version)
              .withDictionaryEncoding(dictionary)
              .withDictionaryPageSize(dictionaryBytes)
              .withByteStreamSplitEncoding(byteStreamSplit)
              .withPageRowCountLimit(pageRows)
              .withRowGroupSize(rowGroupBytes)
              .build()) {
        for (int row = 0; row < rows; row++) {
          Group group = groups.newGroup();
          fill.accept(row, group);
          writer.write(group);
        }
      }
    }
  }

  /** All rows of a file. */
  static List<Group> read(Path file) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        new ParquetReader.Builder<Group>(
            new LocalInputFile(file), new PlainParquetConfiguration()) {
          @Override
          protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
          }
        }.withCodecFactory(new ReferenceCodecs()).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
