package io.agrippa.engine.analysis;

import io.agrippa.engine.data.BinaryColumn;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** What is known of one column so far. */
final class FieldSummary {
  private final Field field;
  private long values;
  private long missing;
  private long malformed;
  private NumberSummary numbers = new NumberSummary();
  private TextCounts texts = new TextCounts(); // of text columns
  private final TextNumbers textNumbers = new TextNumbers();

  FieldSummary(Field field) {
    this.field = field;
  }

  void add(Block block, int index) {
    Column column = block.column(index);
    int rows = block.rows();
    if (column instanceof LongColumn longs) {
      for (int row = 0; row < rows; row++) {
        if (isValue(longs, longs.malformed(), row)) {
          numbers.add(longs.values()[row]);
        }
      }
    } else if (column instanceof DoubleColumn doubles) {
      for (int row = 0; row < rows; row++) {
        if (isValue(doubles, doubles.malformed(), row)) {
          numbers.add(doubles.values()[row]);
        }
      }
    } else if (column instanceof StringColumn strings) {
      addTexts(strings, rows);
    } else if (column instanceof BinaryColumn bytes) {
      for (int row = 0; row < rows; row++) {
        if (isValue(bytes, Malformed.NONE, row) && field.type() instanceof Type.Decimal decimal) {
          numbers.add(ValueText.decimal(bytes.values()[row], decimal));
        }
      }
    }
  }

  private boolean isValue(Column column, Malformed unreadable, int row) {
    if (column.isMissing(row)) {
      missing++;
      return false;
    }
    if (unreadable.size() > 0 && unreadable.at(row) != null) {
      malformed++;
      return false;
    }
    values++;
    return true;
  }

  private void addTexts(StringColumn column, int rows) {
    texts.add(column, rows);
    textNumbers.use(column.dictionary());
    int[] codes = column.codes();
    for (int row = 0; row < rows; row++) {
      if (codes[row] < 0) {
        missing++;
      } else {
        values++;
        double number = textNumbers.number(codes[row]);
        if (!Double.isNaN(number)) {
          numbers.add(number);
        }
      }
    }
  }

  void merge(FieldSummary other) {
    values += other.values;
    missing += other.missing;
    malformed += other.malformed;
    numbers.merge(other.numbers);
    texts.merge(other.texts);
  }

  Field field() {
    return field;
  }

  long values() {
    return values;
  }

  /** Rows without a value that can be compared: missing and malformed ones. */
  long absent() {
    return missing + malformed;
  }

  NumberSummary numbers() {
    return numbers;
  }

  TextCounts texts() {
    return texts;
  }

  /** Whether the values are to be taken as numbers: a text column's where all write one. */
  boolean isNumeric() {
    return isNumericType()
        || (field.type() == Type.Scalar.STRING && values > 0 && numbers.count() == values);
  }

  /** Whether the column's type is one of numbers, dates or times. */
  boolean isNumericType() {
    return field.type() != Type.Scalar.STRING && field.type() != Type.Scalar.BINARY;
  }

  Profile.Field profile(int top) {
    boolean text = field.type() == Type.Scalar.STRING;
    boolean opaque = field.type() == Type.Scalar.BINARY;
    return new Profile.Field(
        field.name(),
        field.type(),
        values,
        missing,
        malformed,
        numbers.count() + numbers.notNumbers() == 0
            ? Optional.empty()
            : Optional.of(numbers.profile()),
        opaque ? Optional.empty() : Optional.of(distinct(text)),
        top(text, top));
  }

  private Profile.Distinct distinct(boolean text) {
    boolean exact = text ? texts.isExact() : numbers.counts().isExact();
    double count = text ? texts.distinct() : numbers.counts().distinct();
    return new Profile.Distinct(Math.round(count), exact ? 0 : DistinctSketch.RELATIVE_ERROR);
  }

  private Profile.Top top(boolean text, int most) {
    if (text) {
      return new Profile.Top(
          texts.top(most).stream()
              .map(count -> new Profile.Frequent(count.text(), count.count()))
              .toList(),
          texts.topError());
    }
    return new Profile.Top(
        numbers.counts().top(most).stream()
            .map(
                count ->
                    new Profile.Frequent(ValueText.of(field.type(), count.number()), count.count()))
            .toList(),
        numbers.counts().topError());
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(values);
    out.writeLong(missing);
    out.writeLong(malformed);
    numbers.write(out);
    texts.write(out);
  }

  void read(DataInput in) throws IOException {
    values = in.readLong();
    missing = in.readLong();
    malformed = in.readLong();
    numbers = NumberSummary.read(in);
    texts = TextCounts.read(in);
  }

  /** The numbers that a dictionary's texts write, each read once while the dictionary stays. */
  static final class TextNumbers {
    private Dictionary dictionary = Dictionary.EMPTY;
    private double[] numbers = new double[0];
    private int known;

    /** What follows is of this dictionary. */
    void use(Dictionary next) {
      if (next != dictionary) {
        if (!next.extendsFrom(dictionary)) {
          known = 0;
        }
        if (numbers.length < next.size()) {
          double[] larger = new double[next.size() + next.size() / 2];
          System.arraycopy(numbers, 0, larger, 0, known);
          numbers = larger;
        }
        for (; known < next.size(); known++) {
          numbers[known] = ValueText.parse(next.value(known));
        }
        dictionary = next;
      }
    }

    /** The number of a code, NaN where the text writes none. */
    double number(int code) {
      return numbers[code];
    }
  }
}
