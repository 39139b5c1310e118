package io.agrippa.models;

import io.agrippa.engine.model.DataType;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A column of a {@link Table}. */
sealed interface TableColumn {
  /** Its name in the data. */
  String name();

  /** Whether the row has no value. */
  boolean isMissing(int row);

  /** The value as PMML writes it; null where missing. */
  String text(int row);

  /** Only these rows, in this order. */
  TableColumn rows(int[] rows);

  /**
   * Numbers.
   *
   * @param values one a row, NaN where missing
   */
  record Numbers(String name, double[] values) implements TableColumn {
    @Override
    public boolean isMissing(int row) {
      return Double.isNaN(values[row]);
    }

    @Override
    public String text(int row) {
      return isMissing(row) ? null : Decimal.text(values[row]);
    }

    @Override
    public Numbers rows(int[] rows) {
      return new Numbers(name, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
    }
  }

  /**
   * Categories.
   *
   * @param type string, boolean or integer
   * @param codes index of the category of each row, −1 where missing
   * @param categories the categories, in the order of their first rows
   */
  record Categories(String name, DataType type, int[] codes, List<String> categories)
      implements TableColumn {
    public Categories {
      categories = List.copyOf(categories);
    }

    @Override
    public boolean isMissing(int row) {
      return codes[row] < 0;
    }

    @Override
    public String text(int row) {
      return codes[row] < 0 ? null : categories.get(codes[row]);
    }

    /** Categories that no row has any more are dropped. */
    @Override
    public Categories rows(int[] rows) {
      int[] translation = new int[categories.size()];
      Arrays.fill(translation, -1);
      List<String> kept = new ArrayList<>();
      int[] kepts = new int[rows.length];
      for (int i = 0; i < rows.length; i++) {
        int code = codes[rows[i]];
        if (code >= 0 && translation[code] < 0) {
          translation[code] = kept.size();
          kept.add(categories.get(code));
        }
        kepts[i] = code < 0 ? -1 : translation[code];
      }
      return new Categories(name, type, kepts, kept);
    }
  }

  /**
   * Days, with or without a time.
   *
   * @param step what the values count
   * @param values whole numbers of steps since the start of 1970, NaN where missing
   */
  record Moments(String name, Step step, double[] values) implements TableColumn {
    /** The values in seconds since the start of 1970. */
    double[] seconds() {
      return switch (step) {
        case DAYS -> Arrays.stream(values).map(days -> days * 86_400).toArray();
        case SECONDS -> values;
      };
    }

    @Override
    public boolean isMissing(int row) {
      return Double.isNaN(values[row]);
    }

    @Override
    public String text(int row) {
      if (isMissing(row)) {
        return null;
      }
      long value = (long) values[row];
      return switch (step) {
        case DAYS -> LocalDate.ofEpochDay(value).toString();
        case SECONDS ->
            LocalDateTime.ofEpochSecond(value, 0, ZoneOffset.UTC)
                .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
      };
    }

    @Override
    public Moments rows(int[] rows) {
      return new Moments(name, step, Arrays.stream(rows).mapToDouble(row -> values[row]).toArray());
    }
  }

  /** What a moment counts. */
  enum Step {
    /** Days: a date. */
    DAYS,
    /** Seconds: a date and time. */
    SECONDS
  }
}
