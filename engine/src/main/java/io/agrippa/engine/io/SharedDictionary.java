package io.agrippa.engine.io;

import io.agrippa.engine.arrow.TextCodes;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;

/**
 * The codes that all readers of one column give to its texts, so that whoever translates codes
 * translates each text once and not once a block.
 *
 * <p>A column of unique texts would fill the heap. So the dictionary lives in generations: at the
 * start of a block a reader takes the current one, and one that has grown too large is followed by
 * an empty one. A column whose generation grew too large without texts having come back is taken
 * for one of unique texts: from then on each block gets a dictionary of its own, which costs no
 * lock either.
 *
 * <p>Safe for use by many threads. Known texts are found without a lock: entries are immutable and
 * are published by a racy write into a table, which a reader sees either whole or not at all (JLS
 * 17.5, final fields); who does not see one asks again under the lock.
 */
final class SharedDictionary implements TextCodes {
  private static final int MAX_ENTRIES = 1 << 16;
  private static final int MAX_CHARS = 4 << 20;

  private volatile Generation current = new Generation();
  private volatile boolean unique;

  /** The generation to use for one block. */
  Generation generation() {
    if (unique) {
      return new Generation();
    }
    Generation generation = current;
    return generation.isFull() ? successor(generation) : generation;
  }

  @Override
  public OfBlock begin() {
    return generation();
  }

  private synchronized Generation successor(Generation full) {
    if (current == full) {
      unique = full.looksUnique();
      current = new Generation();
    }
    return current;
  }

  private record Entry(String text, int hash, int code) {}

  /** One dictionary that grows. */
  static final class Generation implements OfBlock {
    private final DictionaryBuilder builder = new DictionaryBuilder();
    private Entry[] table = new Entry[64];
    private int chars;
    private long rows;

    /** The code of a text. */
    int code(char[] buffer, int from, int length) {
      int hash = 0;
      for (int i = from; i < from + length; i++) {
        hash = 31 * hash + buffer[i];
      }
      Entry[] entries = table;
      int mask = entries.length - 1;
      for (int slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
        Entry entry = entries[slot];
        if (entry == null) {
          return add(new String(buffer, from, length), hash);
        }
        if (entry.hash == hash && equal(entry.text, buffer, from, length)) {
          return entry.code;
        }
      }
    }

    @Override
    public int code(String text) {
      int hash = text.hashCode();
      Entry[] entries = table;
      int mask = entries.length - 1;
      for (int slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
        Entry entry = entries[slot];
        if (entry == null) {
          return add(text, hash);
        }
        if (entry.hash == hash && entry.text.equals(text)) {
          return entry.code;
        }
      }
    }

    private synchronized int add(String text, int hash) {
      int before = builder.size();
      int code = builder.code(text);
      if (builder.size() == before) {
        return code;
      }
      if (builder.size() * 2 > table.length) {
        Entry[] larger = new Entry[table.length * 4];
        for (Entry entry : table) {
          if (entry != null) {
            insert(larger, entry);
          }
        }
        table = larger;
      }
      insert(table, new Entry(text, hash, code));
      chars += text.length();
      return code;
    }

    private static void insert(Entry[] entries, Entry entry) {
      int mask = entries.length - 1;
      int slot = spread(entry.hash) & mask;
      while (entries[slot] != null) {
        slot = (slot + 1) & mask;
      }
      entries[slot] = entry;
    }

    /** Everything met so far; the same object as long as nothing is added. */
    @Override
    public synchronized Dictionary snapshot(int blockRows) {
      rows += blockRows;
      return builder.snapshot();
    }

    private synchronized boolean isFull() {
      return builder.size() >= MAX_ENTRIES || chars >= MAX_CHARS;
    }

    private synchronized boolean looksUnique() {
      return rows < 4L * builder.size();
    }

    private static int spread(int hash) {
      return hash ^ (hash >>> 16);
    }

    private static boolean equal(String text, char[] buffer, int from, int length) {
      if (text.length() != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (text.charAt(i) != buffer[from + i]) {
          return false;
        }
      }
      return true;
    }
  }
}
