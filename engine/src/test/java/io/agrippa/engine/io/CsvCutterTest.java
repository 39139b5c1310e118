package io.agrippa.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class CsvCutterTest {
  /** Everything that may stand around a record's end. */
  private static final String NASTY =
      "a,b\n\"x\ny\",1\r\n\r\n\n\"\"\"\",\"\"\r\"q\"\"\r\n\",z\n,\n\"\",5\"6\r\n7\"\"8,\" \"\rlast,\"\"\"\n\"\"\"";

  private static final int NASTY_RECORDS = 8;

  /** Gives as many bytes at a time as asked for, or fewer. */
  private static InputStream trickling(byte[] bytes, int most) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(most, length));
      }
    };
  }

  private static List<TextCutter.Chunk> cut(byte[] text, int bytes, long records, int trickle)
      throws IOException {
    List<TextCutter.Chunk> chunks = new ArrayList<>();
    try (CsvCutter cutter = new CsvCutter("f", trickling(text, trickle), ',', 1000)) {
      for (TextCutter.Chunk c = cutter.next(bytes, records);
          c != null;
          c = cutter.next(bytes, records)) {
        chunks.add(c);
      }
    }
    return chunks;
  }

  private static String text(TextCutter.Chunk chunk) {
    return new String(chunk.bytes(), chunk.from(), chunk.length(), StandardCharsets.UTF_8);
  }

  @Test
  void everySizeOfChunkAndOfReadCutsAtTheSameRecords() throws IOException {
    byte[] text = NASTY.getBytes(StandardCharsets.UTF_8);
    List<TextCutter.Chunk> single = cut(text, 1 << 16, 1, 1 << 16);
    assertThat(single).hasSize(NASTY_RECORDS).extracting(TextCutter.Chunk::records).containsOnly(1);
    assertThat(single)
        .extracting(TextCutter.Chunk::line)
        .containsExactly(1L, 2L, 4L, 7L, 9L, 10L, 11L, 12L);
    for (int bytes = 1; bytes <= text.length + 1; bytes++) {
      for (int trickle = 1; trickle <= text.length; trickle++) {
        List<TextCutter.Chunk> chunks = cut(text, bytes, Long.MAX_VALUE, trickle);
        StringBuilder whole = new StringBuilder();
        long records = 0;
        for (TextCutter.Chunk chunk : chunks) {
          assertThat(chunk.offset()).isEqualTo(whole.length());
          assertThat(chunk.record()).isEqualTo(records + 1);
          assertThat(chunk.line()).isEqualTo(1 + RandomCsv.lineEnds(whole));
          // A chunk begins where one of the single records begins; blank lines may stand on either
          // side of a cut.
          String between =
              NASTY.substring((int) single.get((int) records).offset(), whole.length());
          assertThat(between).isBlank();
          whole.append(text(chunk));
          records += chunk.records();
        }
        assertThat(whole).hasToString(NASTY);
        assertThat(records).isEqualTo(NASTY_RECORDS);
      }
    }
  }

  @Test
  void aNumberOfRecordsIsCutExactly() throws IOException {
    for (int records = 1; records < NASTY_RECORDS; records++) {
      List<TextCutter.Chunk> chunks = cut(NASTY.getBytes(StandardCharsets.UTF_8), 8, records, 3);
      // Chunks of eight bytes: fewer records than asked for are allowed, more are not.
      assertThat(chunks).extracting(TextCutter.Chunk::records).allMatch(between(records));
      chunks = cut(NASTY.getBytes(StandardCharsets.UTF_8), 1 << 16, records, 3);
      assertThat(chunks.subList(0, chunks.size() - 1))
          .extracting(TextCutter.Chunk::records)
          .containsOnly(records);
    }
  }

  private static Predicate<Integer> between(int most) {
    return found -> found >= 1 && found <= most;
  }

  @Test
  void theByteOrderMarkIsSkipped() throws IOException {
    List<TextCutter.Chunk> chunks =
        cut("\uFEFFa,b\n1,2\n".getBytes(StandardCharsets.UTF_8), 100, 100, 2);
    assertThat(chunks).singleElement().satisfies(c -> assertThat(c.offset()).isEqualTo(3));
    assertThat(text(chunks.get(0))).isEqualTo("a,b\n1,2\n");
    assertThat(cut(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf}, 100, 100, 9)).isEmpty();
    assertThatThrownBy(() -> cut("x,y\n".getBytes(StandardCharsets.UTF_16), 100, 100, 9))
        .hasMessage("f: the text is UTF-16; convert it to UTF-8");
  }

  @Test
  void nothingAndBlankLinesHoldNoRecord() throws IOException {
    for (String text : List.of("", "\n", "\r\n\r\n", "\r\r", "\n\r\n\r")) {
      assertThat(cut(text.getBytes(StandardCharsets.UTF_8), 1, 9, 9)).isEmpty();
    }
  }

  @Test
  void aQuoteThatIsNotClosedIsReportedWhereItsRecordBegins() {
    assertThatThrownBy(() -> cut("a\nb\n\"c\nd\n".getBytes(StandardCharsets.UTF_8), 100, 100, 9))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "f:3: the record that begins here has a quoted field that is not closed");
    String long1 = "a\nb\n\n\"" + "c\n".repeat(1000);
    assertThatThrownBy(() -> cut(long1.getBytes(StandardCharsets.UTF_8), 10, 100, 9))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("f:4: the record that begins here is longer than 1,000 bytes");
  }

  @Test
  void randomTextIsCutWhereASimpleScannerCutsIt() throws IOException {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      String text = RandomCsv.text(random, 1 + random.nextInt(30), 1 + random.nextInt(4));
      List<TextCutter.Chunk> chunks =
          cut(
              text.getBytes(StandardCharsets.UTF_8),
              1 + random.nextInt(64),
              1 + random.nextInt(5),
              1 + random.nextInt(64));
      List<Integer> ends = RandomCsv.recordEnds(text);
      int records = 0;
      StringBuilder whole = new StringBuilder();
      for (TextCutter.Chunk chunk : chunks) {
        whole.append(text(chunk));
        records += chunk.records();
        int end = ends.get(records - 1);
        // Blank lines may stand on either side of a cut.
        assertThat(whole.length()).as("seed %d", seed).isGreaterThanOrEqualTo(end);
        assertThat(text.substring(end, whole.length()).isBlank()).as("seed %d", seed).isTrue();
      }
      assertThat(records).as("seed %d", seed).isEqualTo(ends.size());
    }
  }
}
