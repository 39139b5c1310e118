package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.StringColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often which text occurred. Up to {@link NumberCounts#MOST_FREQUENT} different texts each has
 * its own count; beyond that the most frequent are followed and the different ones estimated, as
 * {@link NumberCounts} does.
 */
final class TextCounts {
  /** Dictionaries with more entries are looked up text by text. */
  private static final int LARGEST_CACHED = 1 << 16;

  private Map<String, Tally> texts = new HashMap<>();
  private long topError; // what counts may lack; 0 while all are exact
  private DistinctSketch distinct; // null while all are exact

  // Tallies of the codes of the dictionary that came last.
  private Dictionary dictionary = Dictionary.EMPTY;
  private Tally[] byCode = new Tally[0];

  private static final class Tally {
    private final String text;
    private long count;

    Tally(String text) {
      this.text = text;
    }
  }

  /** Adds the texts of all rows that have one. */
  void add(StringColumn column, int rows) {
    if (column.dictionary().size() > LARGEST_CACHED) {
      addEach(column, rows);
      return;
    }
    use(column.dictionary());
    int[] codes = column.codes();
    for (int row = 0; row < rows; row++) {
      int code = codes[row];
      if (code >= 0) {
        Tally tally = byCode[code];
        if (tally == null) {
          tally = tally(column.dictionary().value(code));
          byCode[code] = tally;
        }
        tally.count++;
        purgeIfFull();
      }
    }
  }

  private void addEach(StringColumn column, int rows) {
    for (int row = 0; row < rows; row++) {
      if (column.codes()[row] >= 0) {
        tally(column.value(row)).count++;
        purgeIfFull();
      }
    }
  }

  private void purgeIfFull() {
    if (texts.size() > NumberCounts.MOST_FREQUENT) {
      purge();
    }
  }

  private void use(Dictionary next) {
    if (next == dictionary) {
      return;
    }
    boolean more = next.extendsFrom(dictionary);
    if (byCode.length < next.size()) {
      byCode = more ? Arrays.copyOf(byCode, next.size() + next.size() / 2) : new Tally[next.size()];
    } else if (!more) {
      Arrays.fill(byCode, null);
    }
    dictionary = next;
  }

  private Tally tally(String text) {
    Tally tally = texts.get(text);
    if (tally == null) {
      tally = new Tally(text);
      texts.put(text, tally);
      if (distinct != null) {
        distinct.add(Hashes.of(text));
      }
    }
    return tally;
  }

  /** Takes the count in the middle from all counts; at least half of them are gone then. */
  private void purge() {
    spill();
    long[] counts = texts.values().stream().mapToLong(tally -> tally.count).sorted().toArray();
    long median = counts[counts.length / 2];
    Map<String, Tally> rest = new HashMap<>();
    for (Tally tally : texts.values()) {
      if (tally.count > median) {
        tally.count -= median;
        rest.put(tally.text, tally);
      }
    }
    texts = rest;
    topError += median;
    Arrays.fill(byCode, null);
  }

  private void spill() {
    if (distinct == null) {
      distinct = new DistinctSketch();
      texts.keySet().forEach(text -> distinct.add(Hashes.of(text)));
    }
  }

  void merge(TextCounts other) {
    if (other.distinct != null) {
      spill();
      distinct.merge(other.distinct);
    }
    topError += other.topError;
    for (Tally more : other.texts.values()) {
      tally(more.text).count += more.count;
      purgeIfFull();
    }
  }

  /** Whether every different text has its own count. */
  boolean isExact() {
    return distinct == null;
  }

  /** How many different texts; see {@link DistinctSketch} where not exact. */
  double distinct() {
    return distinct == null ? texts.size() : distinct.estimate();
  }

  /** By how much counts may be too low. */
  long topError() {
    return topError;
  }

  /** The most frequent texts, descending by count, equal ones in the order of the texts. */
  List<Count> top(int most) {
    List<Count> all = new ArrayList<>();
    texts.values().forEach(tally -> all.add(new Count(tally.text, tally.count)));
    all.sort(Comparator.comparingLong(Count::count).reversed().thenComparing(Count::text));
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }

  /** A text and how often it occurred. */
  record Count(String text, long count) {}

  void write(DataOutput out) throws IOException {
    out.writeInt(texts.size());
    for (Tally tally : new TreeMap<>(texts).values()) {
      Reading.writeText(out, tally.text);
      out.writeLong(tally.count);
    }
    out.writeLong(topError);
    out.writeBoolean(distinct != null);
    if (distinct != null) {
      distinct.write(out);
    }
  }

  static TextCounts read(DataInput in) throws IOException {
    TextCounts counts = new TextCounts();
    int size = Reading.count(in, NumberCounts.MOST_FREQUENT, "texts");
    for (int i = 0; i < size; i++) {
      counts.tally(Reading.text(in)).count = in.readLong();
    }
    counts.topError = in.readLong();
    if (in.readBoolean()) {
      counts.distinct = DistinctSketch.read(in);
    }
    return counts;
  }
}
