package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.InlineTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A MapValues. The cells of each input column are numbered. The number of the first column's cell
 * and that of the second's name a pair that occurs in the table, or none; the pair's number and
 * that of the third's cell a triple; and so on. The last number names the result.
 */
final class MapValuesNode extends Node {
  private static final int SEVERAL = -2;

  private final List<Column> columns;
  private final int[] choiceOfRow;
  private final int missing;
  private final int otherwise;
  private final Choices choices;
  private final Site site;

  /**
   * An input: its distinct cells, as texts or as ascending numbers.
   *
   * @param keys ascending: number of the columns before · size + number of the cell, for the
   *     combinations that occur
   */
  private record Column(
      Node node, Map<String, Integer> texts, double[] numbers, long[] keys, int memo) {
    int size() {
      return node.type().isText() ? texts.size() : numbers.length;
    }

    int index(String cell) {
      return node.type().isText()
          ? texts.get(cell)
          : Arrays.binarySearch(numbers, Literals.number(cell, node.type().dataType()) + 0.0);
    }

    long key(int before, int cell) {
      return (long) before * size() + cell;
    }

    Column withKeys(long[] sorted) {
      return new Column(node, texts, numbers, sorted, memo);
    }
  }

  private MapValuesNode(
      List<Column> columns,
      int[] choiceOfRow,
      int missing,
      int otherwise,
      Choices choices,
      Site site) {
    super(choices.type());
    this.columns = columns;
    this.choiceOfRow = choiceOfRow;
    this.missing = missing;
    this.otherwise = otherwise;
    this.choices = choices;
    this.site = site;
  }

  /** Compiles a MapValues whose inputs are these, parallel to its FieldColumnPairs. */
  static Node of(Expression.MapValues map, List<Node> inputs, Site site) {
    InlineTable table = map.table();
    if (table == null) {
      throw site.error("MapValues has no InlineTable; other tables are not supported");
    }
    if (inputs.isEmpty()) {
      throw site.error("MapValues has no FieldColumnPair; add one");
    }
    int output = column(table, map.outputColumn(), site);
    FieldType type = map.dataType() == null ? Types.STRING : Types.of(map.dataType());
    Choices.Builder builder = new Choices.Builder(type, site);
    int missing = builder.add(map.mapMissingTo());
    int otherwise = builder.add(map.defaultValue());
    int[] positions = new int[inputs.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = column(table, map.inputs().get(i).column(), site);
    }
    List<String[]> rows =
        table.rows().stream()
            .filter(row -> Arrays.stream(positions).allMatch(position -> row[position] != null))
            .toList(); // an absent cell equals nothing
    int[] numberOfRow = new int[rows.size()];
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      Column column = cells(inputs.get(i), table, positions[i], site);
      long[] keys = new long[numberOfRow.length];
      for (int row = 0; row < keys.length; row++) {
        keys[row] = column.key(numberOfRow[row], column.index(rows.get(row)[positions[i]]));
      }
      long[] sorted = Arrays.stream(keys).sorted().distinct().toArray();
      for (int row = 0; row < keys.length; row++) {
        numberOfRow[row] = Arrays.binarySearch(sorted, keys[row]);
      }
      columns.add(column.withKeys(sorted));
    }
    int[] choiceOfRow = new int[columns.get(columns.size() - 1).keys.length];
    Arrays.fill(choiceOfRow, Choices.NONE);
    String[] valueOfRow = new String[choiceOfRow.length];
    boolean[] taken = new boolean[choiceOfRow.length];
    for (int row = 0; row < numberOfRow.length; row++) {
      int number = numberOfRow[row];
      String value = rows.get(row)[output];
      if (!taken[number]) {
        taken[number] = true;
        valueOfRow[number] = value;
        choiceOfRow[number] = builder.add(value);
      } else if (!Objects.equals(valueOfRow[number], value)) {
        choiceOfRow[number] = SEVERAL;
      }
    }
    return new MapValuesNode(columns, choiceOfRow, missing, otherwise, builder.build(), site);
  }

  private static int column(InlineTable table, String name, Site site) {
    int position = table.columns().indexOf(name);
    if (position < 0) {
      throw site.error(
          "the InlineTable has no column \"%s\"; it has %s".formatted(name, table.columns()));
    }
    return position;
  }

  private static Column cells(Node node, InlineTable table, int position, Site site) {
    Map<String, Integer> texts = new HashMap<>();
    TreeSet<Double> numbers = new TreeSet<>();
    for (String[] row : table.rows()) {
      String cell = row[position];
      if (cell == null) {
        continue;
      }
      if (node.type().isText()) {
        texts.putIfAbsent(cell, texts.size());
      } else {
        try {
          numbers.add(Literals.number(cell, node.type().dataType()) + 0.0);
        } catch (LiteralException e) {
          throw site.error(
              "in column \"%s\" of the InlineTable, %s; correct the cell"
                  .formatted(table.columns().get(position), e.getMessage()));
        }
      }
    }
    return new Column(
        node,
        texts,
        numbers.stream().mapToDouble(Double::doubleValue).toArray(),
        null,
        site.memo());
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    int rows = frame.rows();
    Vector scratch = frame.borrow();
    int[] chosen = scratch.codeBuffer(); // the number of the cells so far, in the end the choice
    Arrays.fill(chosen, 0, rows, 0);
    for (Column column : columns) {
      Vector in = frame.borrow();
      column.node.evaluate(frame, in);
      out.addErrors(in.errors);
      scratch.addMissing(in.missing);
      addCells(frame, column, in, chosen, rows);
      frame.release(in);
    }
    for (int row = 0; row < rows; row++) {
      if (Bits.get(scratch.missing, row)) {
        chosen[row] = Bits.get(out.errors, row) ? Choices.NONE : missing;
      } else {
        chosen[row] = chosen[row] < 0 ? otherwise : choiceOfRow[chosen[row]];
        if (chosen[row] == SEVERAL) {
          site.fail(
              frame,
              out,
              row,
              null,
              "several rows of the InlineTable match, with different results; keep one of them");
        }
      }
    }
    choices.put(chosen, rows, out);
    frame.release(scratch);
  }

  /** Joins a column's cells to the numbers so far; −1 where there is no such combination. */
  private static void addCells(Frame frame, Column column, Vector in, int[] numbers, int rows) {
    if (column.node.type().isText()) {
      TextMemo cells = frame.memo(column.memo);
      cells.update(
          in.dictionary, (text, code, m) -> m.setNumber(code, column.texts.getOrDefault(text, -1)));
      double[] cellOf = cells.numbers();
      for (int row = 0; row < rows; row++) {
        int code = in.codes[row];
        numbers[row] = join(column, numbers[row], code < 0 ? -1 : (int) cellOf[code]);
      }
    } else {
      for (int row = 0; row < rows; row++) {
        int cell = Arrays.binarySearch(column.numbers, in.numbers[row] + 0.0);
        numbers[row] = join(column, numbers[row], cell);
      }
    }
  }

  private static int join(Column column, int before, int cell) {
    return before < 0 || cell < 0
        ? -1
        : Math.max(-1, Arrays.binarySearch(column.keys, column.key(before, cell)));
  }
}
