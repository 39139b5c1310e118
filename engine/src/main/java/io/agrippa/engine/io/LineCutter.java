package io.agrippa.engine.io;

import java.io.IOException;
import java.io.InputStream;

/** Cuts text in which each line is a record; a line of nothing but blanks is none. */
final class LineCutter extends TextCutter {
  LineCutter(String file, InputStream in) throws IOException {
    this(file, in, MAX_RECORD);
  }

  LineCutter(String file, InputStream in, int maxRecord) throws IOException {
    super(file, in, maxRecord);
  }

  @Override
  void scan(int end, long maxRecords) {
    byte[] bytes = buffer;
    for (int i = position; i < end; i++) {
      if (bytes[i] == '\n') {
        lines++;
        boolean blank = isBlank(recordStart, i);
        recordStart = i + 1;
        linesAtRecordStart = lines;
        if (!blank && ++records == maxRecords) {
          position = i + 1;
          return;
        }
      }
    }
    position = end;
  }

  /** Ends nearly always at the first byte. */
  @Override
  boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  @Override
  String suspicion() {
    return "do its lines end with LF?";
  }
}
