package io.agrippa.engine.io;

import io.agrippa.engine.data.Dictionary;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * The last dictionaries of a column, by their bytes: row groups with the same one, and partitions
 * of one row group, share the object, so that it is translated once. Safe for use by many threads.
 */
final class DictionaryCache {
  private static final int ENTRIES = 3;

  private record Entry(byte[] bytes, int size, Dictionary dictionary) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** Decodes a dictionary of so many values; null where a value stands in it twice. */
  interface Decoder {
    Dictionary decode(int size) throws IOException;
  }

  /** The dictionary in the first {@code length} bytes of a page. */
  Dictionary get(byte[] page, int length, int size, Decoder decoder) throws IOException {
    synchronized (this) {
      for (Entry entry : entries) {
        if (entry.size == size
            && Arrays.equals(entry.bytes, 0, entry.bytes.length, page, 0, length)) {
          return entry.dictionary;
        }
      }
    }
    Dictionary dictionary = decoder.decode(size);
    synchronized (this) {
      if (entries.size() == ENTRIES) {
        entries.removeLast();
      }
      entries.addFirst(new Entry(Arrays.copyOf(page, length), size, dictionary));
    }
    return dictionary;
  }
}
