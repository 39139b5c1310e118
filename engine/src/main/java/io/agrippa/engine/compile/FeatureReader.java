package io.agrippa.engine.compile;

import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.kernel.RowColumns;
import java.util.Arrays;

/**
 * The values of {@link Features} in the current block, for one worker. The translation of texts to
 * classes is kept for as long as the same dictionary comes along, and continued when it grows.
 */
final class FeatureReader {
  private final Features features;

  /** The same arrays for kernels, which know the fields by number. */
  final RowColumns columns;

  /** By feature: values of number fields, null for text fields. */
  final double[][] numbers;

  /** By feature: codes of text fields, null for number fields; −1 where missing. */
  final int[][] codes;

  /** By feature: what the codes stand for. */
  final Dictionary[] dictionaries;

  /** By feature: class of each code. */
  final int[][] classes;

  /** By feature: rows without a value, or null. */
  final long[][] missing;

  /** By feature: rows whose value could not be computed (also missing), or null. */
  final long[][] errors;

  /** How often a surrogate stood in for a missing value; counted by tests, reset by who asks. */
  int surrogates;

  private final int[] loaded;
  private Frame frame;

  FeatureReader(Features features) {
    this.features = features;
    int size = features.size();
    columns = new RowColumns(size);
    numbers = columns.numbers;
    codes = columns.codes;
    classes = columns.classes;
    missing = columns.missing;
    dictionaries = new Dictionary[size];
    errors = new long[size][];
    loaded = new int[size];
  }

  /** Fetches the vectors of some features for the frame's block. */
  void load(Frame current, int[] wanted) {
    frame = current;
    for (int feature : wanted) {
      if (loaded[feature] != frame.sequence()) {
        load(feature, frame.vector(features.field(feature).slot()));
        loaded[feature] = frame.sequence();
      }
    }
  }

  private void load(int feature, Vector vector) {
    missing[feature] = vector.missing;
    errors[feature] = vector.errors;
    if (features.field(feature).type().isText()) {
      codes[feature] = vector.codes;
      translate(feature, vector.dictionary);
    } else {
      numbers[feature] = vector.numbers;
    }
  }

  private void translate(int feature, Dictionary dictionary) {
    Dictionary known = dictionaries[feature];
    if (dictionary == known) {
      return;
    }
    int done = known != null && dictionary.extendsFrom(known) ? known.size() : 0;
    int[] table = classes[feature];
    if (table == null || table.length < dictionary.size()) {
      // Doubled, so that a dictionary that grows by one text a block is not copied each time.
      int capacity = Math.max(dictionary.size(), done * 2);
      table = done == 0 ? new int[capacity] : Arrays.copyOf(table, capacity);
      classes[feature] = table;
    }
    for (int code = done; code < dictionary.size(); code++) {
      table[code] = features.classOf(feature, dictionary.value(code));
    }
    dictionaries[feature] = dictionary;
  }

  /** Says why a row fails because of a value. */
  void explain(int feature, int row, String reason) {
    FieldHandle field = features.field(feature);
    String text =
        field.type().isText()
            ? dictionaries[feature].value(codes[feature][row])
            : Literals.text(numbers[feature][row], field.type().dataType());
    frame.explain(row, field.name(), text, reason);
  }

  /** The class of a text field in a row where it is not missing. */
  int textClass(int feature, int row) {
    return classes[feature][codes[feature][row]];
  }
}
