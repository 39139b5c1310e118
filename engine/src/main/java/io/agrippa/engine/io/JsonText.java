package io.agrippa.engine.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * JSON Lines that were opened. No line holds the names of the columns, so they are those of the
 * records at the front: of the first {@link CutText#PIECE} bytes, however the bytes come. For one
 * thread at a time.
 */
final class JsonText extends CutText {
  private final byte[] front; // whole lines

  private JsonText(PlainText text, LineCutter cutter, byte[] front) {
    super(text, cutter);
    this.front = front;
  }

  /** Opens a text. */
  static JsonText open(TextInput input) throws IOException {
    PlainText text = PlainText.open(input);
    try {
      byte[] read = text.stream().readNBytes(PIECE);
      int lines = wholeLines(read, read.length < PIECE);
      while (lines == 0 && read.length > 0 && read.length < TextCutter.MAX_RECORD) {
        byte[] more = text.stream().readNBytes(read.length);
        int length = read.length;
        read = Arrays.copyOf(read, length + more.length);
        System.arraycopy(more, 0, read, length, more.length);
        lines = wholeLines(read, more.length < length);
      }
      InputStream all = new SequenceInputStream(new ByteArrayInputStream(read), text.stream());
      return new JsonText(text, new LineCutter(input.name(), all), Arrays.copyOf(read, lines));
    } catch (IOException e) {
      text.stream().close();
      throw e;
    }
  }

  private static int wholeLines(byte[] bytes, boolean isAll) {
    int length = bytes.length;
    while (!isAll && length > 0 && bytes[length - 1] != '\n') {
      length--;
    }
    return length;
  }

  /** The names in the records at the front, in the order in which they are met. */
  List<String> names() throws IOException {
    Set<String> names = new LinkedHashSet<>();
    try (LineCutter cutter = new LineCutter(name(), new ByteArrayInputStream(front))) {
      for (TextCutter.Chunk chunk = cutter.next(PIECE, Integer.MAX_VALUE);
          chunk != null;
          chunk = cutter.next(PIECE, Integer.MAX_VALUE)) {
        addNames(chunk, names);
      }
    }
    return List.copyOf(names);
  }

  private void addNames(TextCutter.Chunk chunk, Set<String> names) throws IOException {
    InputStream text = new ByteArrayInputStream(chunk.bytes(), chunk.from(), chunk.length());
    try (JsonRecords records =
        new JsonRecords(name(), text, chunk.offset(), chunk.line(), chunk.record())) {
      while (records.next()) {
        for (String name = records.nextName(); name != null; name = records.nextName()) {
          names.add(name);
          records.nextValue();
          records.skip();
        }
      }
    }
  }
}
