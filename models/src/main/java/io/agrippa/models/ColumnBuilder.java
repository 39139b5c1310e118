package io.agrippa.models;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Malformed;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Gathers the values of a column from blocks. */
abstract sealed class ColumnBuilder {
  final String name;
  private final String place;

  private ColumnBuilder(String name, String place) {
    this.name = name;
    this.place = place;
  }

  /**
   * A builder for a column.
   *
   * @param category whether whole numbers are to be taken as categories
   * @param data the data, for what its text is and for messages
   * @throws TrainingException if such a column cannot be learnt from
   */
  static ColumnBuilder of(Field field, boolean category, TrainingData data) {
    String name = field.name();
    String place = data.name();
    Type type = field.type();
    if (type instanceof Type.Timestamp timestamp) {
      return new OfMoments(name, place, TableColumn.Step.SECONDS, timestamp.unit().perSecond());
    }
    if (type instanceof Type.Scalar scalar) {
      return switch (scalar) {
        case BYTE, SHORT, INT, LONG ->
            category ? new OfCategories(name, place, DataType.INTEGER) : new OfNumbers(name, place);
        case FLOAT, DOUBLE -> new OfNumbers(name, place);
        case BOOLEAN -> new OfCategories(name, place, DataType.BOOLEAN);
        case STRING ->
            category || data.text() == TrainingData.Text.CATEGORIES
                ? new OfCategories(name, place, DataType.STRING)
                : new OfTexts(name, place);
        case DATE -> new OfMoments(name, place, TableColumn.Step.DAYS, 1);
        case BINARY -> throw unsuited(name, place, type);
      };
    }
    throw unsuited(name, place, type);
  }

  private static TrainingException unsuited(String name, String place, Type type) {
    return new TrainingException(
        "%s: column \"%s\" is of type %s, which cannot be learnt from; leave it out of the inputs"
            .formatted(place, name, type));
  }

  /**
   * Adds rows of a block.
   *
   * @param rows the wanted rows, ascending
   * @param first position of the block's first row in the data, for messages
   */
  abstract void add(Column column, int[] rows, long first);

  /** The column. */
  abstract TableColumn build();

  /** The value of a row as a number, NaN where missing. */
  double number(Column column, int row, long first) {
    if (column.isMissing(row)) {
      return Double.NaN;
    }
    if (column instanceof LongColumn longs) {
      refuse(longs.malformed(), row, first);
      return longs.values()[row];
    }
    if (column instanceof DoubleColumn doubles) {
      refuse(doubles.malformed(), row, first);
      double value = doubles.values()[row];
      if (Double.isInfinite(value)) {
        throw wrong(Double.toString(value), row, first);
      }
      return value;
    }
    throw new IllegalStateException("column " + name + " is read as " + column.getClass());
  }

  private void refuse(Malformed malformed, int row, long first) {
    String text = malformed.size() == 0 ? null : malformed.at(row);
    if (text != null) {
      throw wrong(text, row, first);
    }
  }

  private TrainingException wrong(String text, int row, long first) {
    return new TrainingException(
        "%s: row %d, column \"%s\": %s is not a value to learn from; correct it or declare it missing"
            .formatted(place, first + row + 1, name, text));
  }

  private static final class OfNumbers extends ColumnBuilder {
    private double[] values = new double[1024];
    private int size;

    OfNumbers(String name, String place) {
      super(name, place);
    }

    @Override
    void add(Column column, int[] rows, long first) {
      values = room(values, size + rows.length);
      for (int row : rows) {
        values[size++] = number(column, row, first);
      }
    }

    @Override
    TableColumn build() {
      return new TableColumn.Numbers(name, Arrays.copyOf(values, size));
    }
  }

  private static final class OfMoments extends ColumnBuilder {
    private final TableColumn.Step step;
    private final long unit;
    private double[] values = new double[1024];
    private int size;

    OfMoments(String name, String place, TableColumn.Step step, long unit) {
      super(name, place);
      this.step = step;
      this.unit = unit;
    }

    @Override
    void add(Column column, int[] rows, long first) {
      values = room(values, size + rows.length);
      long[] units = ((LongColumn) column).values();
      for (int row : rows) {
        double value = number(column, row, first);
        values[size++] = Double.isNaN(value) ? value : Math.floorDiv(units[row], unit);
      }
    }

    @Override
    TableColumn build() {
      return new TableColumn.Moments(name, step, Arrays.copyOf(values, size));
    }
  }

  /** Categories: of text as it is, of whole numbers and truth values as PMML writes them. */
  private static non-sealed class OfCategories extends ColumnBuilder {
    private final DataType type;
    private final DictionaryBuilder categories = new DictionaryBuilder();
    private int[] codes = new int[1024];
    private int size;
    private Dictionary translated = Dictionary.EMPTY;
    private int[] translation = new int[0];

    OfCategories(String name, String place, DataType type) {
      super(name, place);
      this.type = type;
    }

    @Override
    final void add(Column column, int[] rows, long first) {
      if (size + rows.length > codes.length) {
        codes = Arrays.copyOf(codes, Math.max(size + rows.length, codes.length * 2));
      }
      if (column instanceof StringColumn strings) {
        translate(strings.dictionary());
        for (int row : rows) {
          codes[size++] = strings.isMissing(row) ? -1 : code(strings, row);
        }
      } else {
        for (int row : rows) {
          double value = number(column, row, first);
          codes[size++] = Double.isNaN(value) ? -1 : categories.code(text((long) value));
        }
      }
    }

    private String text(long value) {
      return type.equals(DataType.BOOLEAN) ? Boolean.toString(value != 0) : Long.toString(value);
    }

    private void translate(Dictionary dictionary) {
      if (dictionary != translated) {
        translated = dictionary;
        translation = new int[dictionary.size()];
        Arrays.fill(translation, -1);
      }
    }

    /** Only texts of wanted rows get a code of ours. */
    private int code(StringColumn strings, int row) {
      int theirs = strings.codes()[row];
      if (translation[theirs] < 0) {
        translation[theirs] = categories.code(translated.value(theirs));
      }
      return translation[theirs];
    }

    @Override
    TableColumn build() {
      return categories(
          IntStream.range(0, categories.size()).mapToObj(categories.snapshot()::value).toList());
    }

    final TableColumn.Categories categories(List<String> texts) {
      return new TableColumn.Categories(name, type, Arrays.copyOf(codes, size), texts);
    }
  }

  /** Text that nobody gave a type: numbers if every value reads as one, else categories. */
  private static final class OfTexts extends OfCategories {
    OfTexts(String name, String place) {
      super(name, place, DataType.STRING);
    }

    @Override
    TableColumn build() {
      TableColumn.Categories texts = (TableColumn.Categories) super.build();
      double[] numbers = numbers(texts.categories());
      if (numbers == null) {
        return texts;
      }
      return new TableColumn.Numbers(
          name,
          Arrays.stream(texts.codes()).mapToDouble(c -> c < 0 ? Double.NaN : numbers[c]).toArray());
    }

    /** The numbers that the texts write, or null if one is not a finite number or there is none. */
    private static double[] numbers(List<String> texts) {
      double[] numbers = new double[texts.size()];
      for (int i = 0; i < numbers.length; i++) {
        try {
          numbers[i] = Double.parseDouble(texts.get(i));
        } catch (NumberFormatException e) {
          return null; // a category: nothing is lost
        }
        if (!Double.isFinite(numbers[i])) {
          return null;
        }
      }
      return numbers.length == 0 ? null : numbers;
    }
  }

  private static double[] room(double[] values, int size) {
    return size <= values.length
        ? values
        : Arrays.copyOf(values, Math.max(size, values.length * 2));
  }
}
