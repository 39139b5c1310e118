package io.agrippa.engine.io;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.RecordType;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.Column;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Parses one partition of a CSV file. For one thread at a time. */
final class CsvBlockReader implements BlockReader {
  private final CsvPlan plan;
  private final TextPartition partition;
  private final Rows rows;
  private final CloseableIterator<Boolean> csv;
  private int done;

  CsvBlockReader(CsvPlan plan, TextPartition partition, InputStream text) {
    this.plan = plan;
    this.partition = partition;
    rows = new Rows(plan);
    // Fields are cut from the parser's buffer, so it must hold a whole one; the cutter has checked
    // that records are not larger.
    csv =
        CsvReader.builder()
            .fieldSeparator(plan.delimiter())
            .allowUnclosedQuote(false)
            .maxBufferSize(2 * CsvCutter.MAX_RECORD)
            .build(rows, new Utf8Reader(plan.file(), text, partition.offset()))
            .iterator();
  }

  @Override
  public Block next() throws IOException {
    int expected = Math.min(Block.MAX_ROWS, partition.records() - done);
    if (expected == 0) {
      return null;
    }
    rows.begin(expected);
    try {
      if (csv.hasNext()) {
        csv.next();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (CsvParseException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      throw new IOException(
          place()
              + " is not CSV: behind a quoted field stands neither a delimiter nor a line end; double the quotes within it",
          e);
    }
    if (rows.fault != null) {
      throw new IOException(place() + rows.fault, rows.cause);
    }
    if (rows.row != expected) {
      throw new IllegalStateException(
          "%s: %d records of %d were found behind line %d"
              .formatted(plan.file(), done + rows.row, partition.records(), partition.line()));
    }
    done += expected;
    return rows.end();
  }

  /** Where the record stands that is being parsed. */
  private String place() {
    return "%s:%d: record %d"
        .formatted(
            plan.file(), partition.line() + rows.line - 1, partition.record() + done + rows.row);
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }

  /**
   * Takes the fields from the parser. Makes it stop, by a record that is not null, when the block
   * is full or a record is wrong.
   */
  private static final class Rows extends CsvCallbackHandler<Boolean> {
    private final CsvPlan plan;
    private final CsvCells[] cells; // by position in the schema
    private final CsvCells[][] targets; // by column of the file
    private final MissingTokens missing;
    private int expected;
    private int row;
    private long line; // of the current record in the partition, from 1
    private int fields;
    private boolean blank;
    private String fault;
    private Exception cause;

    Rows(CsvPlan plan) {
      this.plan = plan;
      missing = plan.missing();
      cells = plan.cells();
      targets = plan.targets(cells);
    }

    void begin(int expected) {
      this.expected = expected;
      row = 0;
      for (CsvCells column : cells) {
        column.begin(expected);
      }
    }

    Block end() {
      List<Column> columns = new ArrayList<>(cells.length);
      for (CsvCells column : cells) {
        columns.add(column.end(row));
      }
      return new Block(plan.schema(), row, columns);
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
      line = startingLineNumber;
      fields = 0;
      blank = false;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
      int column = fields++;
      if (column >= targets.length || targets[column].length == 0) {
        return;
      }
      boolean isMissing = missing.contains(buffer, offset, length, quoted);
      for (CsvCells target : targets[column]) {
        if (isMissing) {
          target.missing(row);
        } else {
          try {
            target.text(row, buffer, offset, length);
          } catch (CsvCells.UnreadableText e) {
            fault = ", column \"%s\": %s".formatted(plan.columns().get(column), e.getMessage());
            cause = e;
          }
        }
      }
    }

    @Override
    protected void setEmpty() {
      blank = true;
    }

    @Override
    protected Boolean buildRecord() {
      if (blank) {
        return null;
      }
      if (fields != targets.length && fault == null) {
        fault =
            " has %d fields but %d are expected (%s); quote fields that hold the delimiter '%s'"
                .formatted(fields, targets.length, Names.list(plan.columns()), plan.delimiter());
      }
      if (fault != null) {
        return Boolean.TRUE;
      }
      return ++row == expected ? Boolean.TRUE : null;
    }

    @Override
    protected void setComment(char[] buffer, int offset, int length) {
      throw new IllegalStateException("comments are not enabled");
    }

    @Override
    protected RecordType getRecordType() {
      return RecordType.DATA;
    }

    @Override
    protected int getFieldCount() {
      return 1; // we check the number of fields ourselves: FastCSV would hold each partition
      // against its own first record
    }
  }
}
