package io.agrippa.engine.io;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import java.io.IOException;

/** Reads some rows of one column chunk. For one thread at a time. */
final class ParquetColumnReader {
  private static final int SCRATCH = Long.SIZE;

  private final ParquetPages pages;
  private final ParquetCells cells;
  private final boolean optional;
  private final HybridDecoder levels = new HybridDecoder();
  private final int[] scratch = new int[SCRATCH];
  private long[] missing;
  private int left; // rows of the current page that were not read yet

  ParquetColumnReader(ParquetPages pages, ParquetCells cells, boolean optional) {
    this.pages = pages;
    this.cells = cells;
    this.optional = optional;
  }

  /**
   * Steps over the first rows of the chunk, over whole pages without decompressing them. To be
   * called once, before reading.
   */
  void skip(long rows) throws IOException {
    long toSkip = rows;
    while (toSkip > 0) {
      if (pages.next() == ParquetPages.Kind.DICTIONARY) {
        loadDictionary();
      } else if (pages.rows() <= toSkip) {
        toSkip -= pages.rows();
        pages.pass();
      } else {
        loadData();
        while (toSkip > 0) {
          int n = (int) Math.min(toSkip, Block.MAX_ROWS);
          read(n);
          toSkip -= n;
        }
      }
    }
  }

  /** The next rows, which must exist. */
  Column read(int rows) throws IOException {
    cells.begin(rows);
    missing = null;
    for (int at = 0; at < rows; ) {
      while (left == 0) {
        if (pages.next() == ParquetPages.Kind.DICTIONARY) {
          loadDictionary();
        } else {
          loadData();
        }
      }
      int n = Math.min(left, rows - at);
      try {
        if (optional) {
          readOptional(at, n, rows);
        } else {
          cells.read(at, n);
        }
      } catch (IOException | RuntimeException e) {
        throw pages.failed(e);
      }
      left -= n;
      at += n;
    }
    return cells.end(rows, missing);
  }

  private void loadDictionary() throws IOException {
    pages.load(levels);
    try {
      cells.dictionary(pages);
    } catch (IOException | RuntimeException e) {
      throw pages.failed(e);
    }
  }

  private void loadData() throws IOException {
    pages.load(levels);
    left = pages.rows();
    try {
      cells.page(pages);
    } catch (IOException | RuntimeException e) {
      throw pages.failed(e);
    }
  }

  /**
   * Reads rows of which some have no value: those that have one lie behind each other in the page.
   */
  private void readOptional(int from, int count, int rows) throws IOException {
    int at = from;
    int stop = from + count;
    while (at < stop) {
      int present = levels.skipRun(1, stop - at);
      if (present > 0) {
        cells.read(at, present);
        at += present;
        continue;
      }
      int absent = levels.skipRun(0, stop - at);
      if (absent > 0) {
        markMissing(at, at + absent, rows);
        at += absent;
        continue;
      }
      int n = Math.min(SCRATCH, stop - at);
      levels.read(scratch, 0, n);
      readMixed(at, n, rows);
      at += n;
    }
  }

  /** Reads rows whose levels are in the scratch array, run by run. */
  private void readMixed(int from, int count, int rows) throws IOException {
    int i = 0;
    while (i < count) {
      int start = i;
      int level = scratch[start];
      while (i < count && scratch[i] == level) {
        i++;
      }
      if (level == 1) {
        cells.read(from + start, i - start);
      } else if (level == 0) {
        markMissing(from + start, from + i, rows);
      } else {
        throw new IOException("a definition level of " + level);
      }
    }
  }

  private void markMissing(int from, int to, int rows) {
    if (missing == null) {
      missing = new long[Bits.words(rows)];
    }
    for (int row = from; row < to; row++) {
      Bits.set(missing, row);
    }
  }

  /** Gives back what was held. */
  void release() {
    pages.release();
  }
}
