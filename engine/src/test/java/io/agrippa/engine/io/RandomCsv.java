package io.agrippa.engine.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Seeded CSV texts with every oddity that RFC 4180 allows, in ASCII, and a plain scanner for them.
 */
final class RandomCsv {
  private RandomCsv() {}

  private static final String[] ENDS = {"\n", "\r\n", "\r"};
  private static final String[] UNQUOTED = {
    "", "1", "2.5", "x", "a b", "it's", "5\"6", "7\"\"", " "
  };
  private static final String[] QUOTED = {
    "", "1", ",", "\n", "\r\n", "\r", "\"\"", "a\"\"b", ",\n\"\",", "plain"
  };

  static String text(Random random, int records, int columns) {
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < records; r++) {
      if (columns > 1 && random.nextInt(8) == 0) {
        text.append(ENDS[random.nextInt(3)]);
      }
      for (int c = 0; c < columns; c++) {
        if (c > 0) {
          text.append(',');
        }
        if (random.nextInt(3) == 0) {
          text.append('"').append(QUOTED[random.nextInt(QUOTED.length)]).append('"');
        } else {
          // A lone empty field would be a blank line.
          String field = UNQUOTED[random.nextInt(UNQUOTED.length)];
          text.append(columns == 1 && field.isEmpty() ? "y" : field);
        }
      }
      if (r < records - 1 || random.nextBoolean()) {
        text.append(ENDS[random.nextInt(3)]);
      }
    }
    return text.toString();
  }

  /** Position behind the line end of each record, found one character after the other. */
  static List<Integer> recordEnds(String text) {
    List<Integer> ends = new ArrayList<>();
    boolean quoted = false;
    boolean fieldStart = true;
    boolean wasQuoted = false;
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c == '"') {
          quoted = false;
          wasQuoted = true;
        }
        continue;
      }
      if (c == '"' && (fieldStart || (wasQuoted && text.charAt(i - 1) == '"'))) {
        quoted = true;
        fieldStart = false;
      } else if (c == ',') {
        fieldStart = true;
        wasQuoted = false;
      } else if (c == '\n' || c == '\r') {
        boolean blank = i == begin;
        if (c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
          i++;
        }
        if (!blank) {
          ends.add(i + 1);
        }
        begin = i + 1;
        fieldStart = true;
        wasQuoted = false;
      } else {
        fieldStart = false;
      }
    }
    if (begin < text.length()) {
      ends.add(text.length());
    }
    return ends;
  }

  /** Number of line ends, quoted or not. */
  static long lineEnds(CharSequence text) {
    return text.toString()
        .replace("\r\n", "\n")
        .chars()
        .filter(c -> c == '\n' || c == '\r')
        .count();
  }
}
