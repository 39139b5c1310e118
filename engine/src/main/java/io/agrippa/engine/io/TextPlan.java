package io.agrippa.engine.io;

import io.agrippa.engine.data.BlockReader;
import java.io.IOException;
import java.io.InputStream;

/** What to make of the records of one text file: shared by its partitions. Immutable. */
sealed interface TextPlan permits CsvPlan, JsonPlan {
  /** Name of the file, for messages. */
  String file();

  /** Parses the records of a partition out of its text, which the reader closes. */
  BlockReader open(TextPartition partition, InputStream text) throws IOException;
}
