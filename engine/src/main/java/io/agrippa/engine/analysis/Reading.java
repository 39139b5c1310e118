package io.agrippa.engine.analysis;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What all states do when they read and write themselves. */
final class Reading {
  private static final int LONGEST_TEXT = 1 << 28;

  private Reading() {}

  /**
   * Reads a number of things.
   *
   * @throws IOException if it is negative or more than there can be
   */
  static int count(DataInput in, int most, String what) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IOException(
          "%d %s where at most %d can be; the bytes are damaged".formatted(count, what, most));
    }
    return count;
  }

  /** Writes what a state is and in which version, for {@link #requireHeader}. */
  static void writeHeader(DataOutput out, String kind, int version) throws IOException {
    out.writeUTF(kind);
    out.writeInt(version);
  }

  /**
   * Reads what {@link #writeHeader} wrote.
   *
   * @throws IOException if it is another kind or version
   */
  static void requireHeader(DataInput in, String kind, int version) throws IOException {
    String found = in.readUTF();
    int foundVersion = in.readInt();
    if (!found.equals(kind) || foundVersion != version) {
      throw new IOException(
          "a state \"%s\" of version %d where \"%s\" of version %d is wanted; use the same version of Agrippa in all processes"
              .formatted(found, foundVersion, kind, version));
    }
  }

  /** Writes a text of any length. */
  static void writeText(DataOutput out, String text) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text); // as it is, lone surrogates too
  }

  static String text(DataInput in) throws IOException {
    char[] chars = new char[count(in, LONGEST_TEXT, "letters of a text")];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = in.readChar();
    }
    return new String(chars);
  }

  static void writeTable(DataOutput out, LongTable table, int width) throws IOException {
    long[] keys = table.keys();
    out.writeInt(keys.length);
    for (long key : keys) {
      out.writeLong(key);
      for (int which = 0; which < width; which++) {
        out.writeLong(table.count(key, which));
      }
    }
  }

  static LongTable table(DataInput in, int width, int most) throws IOException {
    LongTable table = new LongTable(width);
    int size = count(in, most, "keys");
    for (int i = 0; i < size; i++) {
      long key = in.readLong();
      for (int which = 0; which < width; which++) {
        long count = in.readLong();
        if (count < 0) {
          throw new IOException("a count of " + count + "; the bytes are damaged");
        }
        if (count > 0) {
          table.add(key, which, count);
        }
      }
    }
    return table;
  }
}
