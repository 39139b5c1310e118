package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.RowProblem;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a block says beside its values, which Arrow has no place for: texts that could not be read
 * as a number, and rows that could not be scored.
 */
final class Notes {
  private static final int END = -1;

  private Notes() {}

  static void write(Block block, DataOutput out) throws IOException {
    for (int i = 0; i < block.schema().size(); i++) {
      Malformed malformed = malformed(block.column(i)).first(block.rows());
      if (malformed.size() > 0) {
        out.writeInt(i);
        out.writeInt(malformed.size());
        for (int j = 0; j < malformed.size(); j++) {
          out.writeInt(malformed.row(j));
          text(out, malformed.text(j));
        }
      }
    }
    out.writeInt(END);
    out.writeInt(block.problems().size());
    for (RowProblem problem : block.problems()) {
      out.writeInt(problem.row());
      text(out, problem.field());
      out.writeBoolean(problem.value() != null);
      if (problem.value() != null) {
        text(out, problem.value());
      }
      text(out, problem.reason());
    }
  }

  private static Malformed malformed(Column column) {
    if (column instanceof LongColumn longs) {
      return longs.malformed();
    }
    return column instanceof DoubleColumn doubles ? doubles.malformed() : Malformed.NONE;
  }

  /** The block with what its notes say; they stand in memory, so that {@code available} is all. */
  static Block read(Block bare, DataInputStream in) throws IOException {
    List<Column> columns = new ArrayList<>(bare.columns());
    for (int i = in.readInt(); i != END; i = in.readInt()) {
      if (i < 0 || i >= columns.size()) {
        throw new IOException("notes on column " + i + " of " + columns.size());
      }
      columns.set(i, with(columns.get(i), readMalformed(in, bare.rows())));
    }
    List<RowProblem> problems = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      int row = row(in, bare.rows());
      String field = text(in);
      String value = in.readBoolean() ? text(in) : null;
      problems.add(new RowProblem(row, field, value, text(in)));
    }
    return new Block(bare.schema(), bare.rows(), columns, problems);
  }

  private static Malformed readMalformed(DataInputStream in, int blockRows) throws IOException {
    int size = in.readInt();
    if (size < 1 || size > blockRows) {
      throw new IOException(size + " malformed values in " + blockRows + " rows");
    }
    int[] rows = new int[size];
    String[] texts = new String[size];
    for (int i = 0; i < size; i++) {
      rows[i] = row(in, blockRows);
      texts[i] = text(in);
    }
    return Malformed.of(rows, texts);
  }

  private static int row(DataInputStream in, int rows) throws IOException {
    int row = in.readInt();
    if (row < 0 || row >= rows) {
      throw new IOException("notes on row " + row + " of " + rows);
    }
    return row;
  }

  /** Arrow has no value there; but malformed is not missing. */
  private static Column with(Column column, Malformed malformed) throws IOException {
    if (column instanceof LongColumn longs) {
      return new LongColumn(longs.values(), without(longs.missing(), malformed), malformed);
    }
    if (column instanceof DoubleColumn doubles) {
      return new DoubleColumn(doubles.values(), without(doubles.missing(), malformed), malformed);
    }
    throw new IOException("malformed values in a " + column.getClass().getSimpleName());
  }

  private static long[] without(long[] missing, Malformed malformed) throws IOException {
    if (missing == null) {
      throw new IOException("malformed values in a column that lacks none");
    }
    long[] rest = missing.clone();
    for (int i = 0; i < malformed.size(); i++) {
      Bits.clear(rest, malformed.row(i));
    }
    return Bits.any(rest) ? rest : null;
  }

  // DataOutput.writeUTF stops at 65,535 bytes.
  private static void text(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of " + length + " bytes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
