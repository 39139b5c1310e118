package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** Reads whether a condition on a column holds, row by row. For one thread at a time. */
final class ConditionReader {
  private static final long NANOS = 1_000_000_000L;

  private final int index;
  private final Actual.Condition condition;
  private final NumberReader numbers; // null where texts are compared
  private final double number; // what numbers are compared with
  private final long whole; // the same, where isWhole
  private final boolean isWhole;
  private final byte[] states = new byte[Block.MAX_ROWS];
  private final boolean[] truths = new boolean[Block.MAX_ROWS];
  private Dictionary dictionary = Dictionary.EMPTY;
  private boolean[] ofCodes = new boolean[0];

  /**
   * @throws IllegalArgumentException if the column cannot be compared with the literal
   */
  ConditionReader(Schema schema, int index, Actual.Condition condition) {
    Field field = schema.field(index);
    this.index = index;
    this.condition = condition;
    double parsed = ValueText.parse(condition.literal());
    boolean texts =
        field.type() == Type.Scalar.STRING && (condition.isText() || Double.isNaN(parsed));
    if (texts) {
      numbers = null;
      number = Double.NaN;
      whole = 0;
      isWhole = false;
      return;
    }
    numbers = new NumberReader(schema, index);
    Number literal = literal(field, condition.literal(), parsed);
    number = literal.doubleValue();
    isWhole = literal instanceof Long;
    whole = literal.longValue();
  }

  /** What a value of the field's type is compared with: a Long where that is exact. */
  private static Number literal(Field field, String text, double parsed) {
    try {
      if (field.type() == Type.Scalar.BOOLEAN && text.toLowerCase(Locale.ROOT).equals("true")) {
        return 1L;
      }
      if (field.type() == Type.Scalar.BOOLEAN && text.toLowerCase(Locale.ROOT).equals("false")) {
        return 0L;
      }
      if (field.type() == Type.Scalar.DATE) {
        return LocalDate.parse(text).toEpochDay();
      }
      if (field.type() instanceof Type.Time time) {
        return LocalTime.parse(text).toNanoOfDay() / (NANOS / time.unit().perSecond());
      }
      if (field.type() instanceof Type.Timestamp timestamp) {
        return steps(text, timestamp);
      }
    } catch (DateTimeException e) {
      throw unfit(field, text, e);
    }
    if (Double.isNaN(parsed)) {
      throw unfit(field, text, null);
    }
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      return parsed; // not a whole number
    }
  }

  private static long steps(String text, Type.Timestamp type) {
    String full = text.length() == "2001-01-31".length() ? text + "T00:00" : text;
    Instant instant =
        switch (type.clock()) {
          case LOCAL -> LocalDateTime.parse(full.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
          case UTC -> Instant.parse(full.endsWith("Z") ? full : full.replace(' ', 'T') + "Z");
        };
    long perSecond = type.unit().perSecond();
    return instant.getEpochSecond() * perSecond + instant.getNano() / (NANOS / perSecond);
  }

  private static IllegalArgumentException unfit(Field field, String text, Throwable cause) {
    return new IllegalArgumentException(
        "column \"%s\" of type %s cannot be compared with \"%s\"; write a value of its type"
            .formatted(field.name(), TypeText.of(field.type()), text),
        cause);
  }

  /** Reads the block's rows. */
  void read(Block block) {
    Column column = block.column(index);
    if (numbers == null) {
      readTexts((StringColumn) column, block.rows());
      return;
    }
    numbers.read(block);
    for (int row = 0; row < block.rows(); row++) {
      states[row] = numbers.state(row);
      if (states[row] == RowState.VALUE) {
        int comparison =
            isWhole && column instanceof LongColumn longs
                ? Long.compare(longs.values()[row], whole)
                : Double.compare(numbers.number(row) + 0.0, number + 0.0);
        truths[row] = condition.operator().accepts(comparison);
      }
    }
  }

  private void readTexts(StringColumn column, int rows) {
    if (column.dictionary() != dictionary) {
      dictionary = column.dictionary();
      ofCodes = new boolean[dictionary.size()];
      for (int code = 0; code < ofCodes.length; code++) {
        ofCodes[code] =
            condition.operator().accepts(dictionary.value(code).compareTo(condition.literal()));
      }
    }
    for (int row = 0; row < rows; row++) {
      int code = column.codes()[row];
      states[row] = code < 0 ? RowState.MISSING : RowState.VALUE;
      truths[row] = code >= 0 && ofCodes[code];
    }
  }

  /** Whether it holds in a row of the block read last; anything unless {@link #state} is VALUE. */
  boolean holds(int row) {
    return truths[row];
  }

  /** What the column has in a row: see {@link RowState}. */
  byte state(int row) {
    return states[row];
  }
}
