package io.agrippa.models;

import io.agrippa.engine.model.InlineTable;
import io.agrippa.engine.model.Verification;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Chooses training rows for the ModelVerification and predicts them with the library that learnt
 * the model: rows spread evenly over the data, those with the least and the greatest value of each
 * number or date, and some that miss a value.
 */
final class VerificationRows {
  private static final int SPREAD = 24;
  private static final int MISSING = 8;

  /** Relative deviation allowed: the rounding of a few hundred sums. */
  private static final double PRECISION = 1e-9;

  /** Absolute deviation allowed near zero. */
  private static final double ZERO = 1e-12;

  private final Table table;
  private final List<String> inputs;

  /**
   * A chooser.
   *
   * @param table the training rows
   * @param inputs the input columns
   */
  VerificationRows(Table table, List<String> inputs) {
    this.table = table;
    this.inputs = List.copyOf(inputs);
  }

  /** The element. */
  Verification verification(Labels labels, Fitted.Predictor predictor) {
    List<Verification.Field> fields = new ArrayList<>();
    for (String input : inputs) {
      add(fields, input);
    }
    add(fields, labels.name());
    if (labels instanceof Labels.Classes classes) {
      for (String level : classes.levels()) {
        add(fields, PmmlFrame.probability(level));
      }
    }
    List<String[]> rows = new ArrayList<>();
    for (int row : rows()) {
      List<String> cells = new ArrayList<>();
      for (String input : inputs) {
        cells.add(table.column(input).text(row));
      }
      double[] prediction = predictor.predict(row);
      if (labels instanceof Labels.Classes classes) {
        cells.add(classes.levels().get(Metrics.greatest(prediction)));
      }
      for (double number : prediction) {
        cells.add(Decimal.text(number));
      }
      rows.add(cells.toArray(String[]::new));
    }
    List<String> columns = fields.stream().map(Verification.Field::column).toList();
    return new Verification(fields, new InlineTable(columns, rows, 0), 0);
  }

  private static void add(List<Verification.Field> fields, String field) {
    fields.add(new Verification.Field(field, field, PRECISION, ZERO));
  }

  /** Positions in the table, ascending. */
  private SortedSet<Integer> rows() {
    SortedSet<Integer> rows = new TreeSet<>();
    for (int i = 0; i < Math.min(SPREAD, table.rows()); i++) {
      rows.add((int) ((long) i * table.rows() / Math.min(SPREAD, table.rows())));
    }
    int missing = 0;
    for (int row = 0; row < table.rows() && missing < MISSING; row++) {
      int position = row;
      if (inputs.stream().anyMatch(input -> table.column(input).isMissing(position))) {
        rows.add(row);
        missing++;
      }
    }
    for (String input : inputs) {
      TableColumn column = table.column(input);
      if (column instanceof TableColumn.Numbers numbers) {
        extremes(rows, numbers.values());
      } else if (column instanceof TableColumn.Moments moments) {
        extremes(rows, moments.values());
      }
    }
    return rows;
  }

  private static void extremes(Set<Integer> rows, double[] values) {
    int least = -1;
    int greatest = -1;
    for (int row = 0; row < values.length; row++) {
      if (Double.isNaN(values[row])) {
        continue;
      }
      if (least < 0 || values[row] < values[least]) {
        least = row;
      }
      if (greatest < 0 || values[row] > values[greatest]) {
        greatest = row;
      }
    }
    if (least >= 0) {
      rows.add(least);
      rows.add(greatest);
    }
  }
}
