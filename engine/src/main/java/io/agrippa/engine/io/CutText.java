package io.agrippa.engine.io;

import java.io.Closeable;
import java.io.IOException;

/** A text that was opened and whose records can be cut. For one thread at a time. */
abstract sealed class CutText implements Closeable permits CsvText, JsonText {
  /**
   * Bytes of one piece of text: in G1 with its smallest regions, an array of 512 KiB would count as
   * humongous.
   */
  static final int PIECE = 256 << 10;

  private final PlainText text;
  private final TextCutter cutter;
  private long counted;

  CutText(PlainText text, TextCutter cutter) {
    this.text = text;
    this.cutter = cutter;
  }

  /** What it is called in messages. */
  final String name() {
    return text.input().name();
  }

  /** Whether its bytes are not those of the text. */
  final boolean isCompressed() {
    return text.compression() != TextCompression.NONE;
  }

  /**
   * The next partition.
   *
   * @param bytes about how much text it is to hold
   * @param records how many records it is to hold, at most
   * @param number position of the file in the dataset
   * @return the partition, or null behind the last record
   */
  final TextPartition next(long bytes, long records, TextPlan plan, int number) throws IOException {
    TextPartition.Builder builder =
        new TextPartition.Builder(plan, number, text.input(), text.compression());
    while (builder.bytes() < bytes && builder.records() < records && builder.hasRoom()) {
      int window = (int) Math.min(PIECE, bytes - builder.bytes());
      long most = Math.min(records, Integer.MAX_VALUE) - builder.records();
      TextCutter.Chunk chunk = cutter.next(window, most);
      if (chunk == null) {
        break;
      }
      builder.add(chunk);
    }
    long read = text.read();
    TextPartition partition = builder.build(read - counted);
    counted = read;
    return partition;
  }

  @Override
  public void close() throws IOException {
    cutter.close();
  }
}
