package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

class ParquetSinkTest {
  private abstract static class Contract extends SinkContract {
    private final ParquetOptions parquet;

    Contract(ParquetOptions parquet) {
      this.parquet = parquet;
    }

    @Override
    String name() {
      return "scored.parquet";
    }

    @Override
    OutputOptions options() {
      return new OutputOptions(Optional.empty(), CsvOptions.DEFAULT, parquet, Existing.FAIL);
    }

    @Override
    BlockSource source(Path file, Schema schema) throws IOException {
      return Inputs.open(file.toString());
    }
  }

  @Nested
  class Usual extends Contract {
    Usual() {
      super(ParquetOptions.DEFAULT);
    }
  }

  @Nested
  class SmallRowGroups extends Contract {
    SmallRowGroups() {
      super(new ParquetOptions(1_000, ParquetOptions.Compression.NONE));
    }
  }

  @Nested
  class Snappy extends Contract {
    Snappy() {
      super(new ParquetOptions(100_000, ParquetOptions.Compression.SNAPPY));
    }
  }

  @Nested
  class Gzip extends Contract {
    Gzip() {
      super(new ParquetOptions(100_000, ParquetOptions.Compression.GZIP));
    }
  }

  @Nested
  class Lz4 extends Contract {
    Lz4() {
      super(new ParquetOptions(100_000, ParquetOptions.Compression.LZ4));
    }
  }
}
