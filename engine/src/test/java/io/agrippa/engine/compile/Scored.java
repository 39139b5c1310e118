package io.agrippa.engine.compile;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.pmml.PmmlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compiles documents and scores rows of texts with them, for tests. */
final class Scored {
  private Scored() {}

  /** Compiles a document given as the content of its PMML element. */
  static CompiledModel model(String content) {
    String document =
        "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/>"
            + content
            + "</PMML>";
    return ModelCompiler.compile(
        PmmlReader.read(document.getBytes(StandardCharsets.UTF_8), "test.pmml"));
  }

  /** A block of text columns: names, then rows parallel to them; null is missing. */
  static Block texts(List<String> names, List<String[]> rows) {
    List<Field> fields = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      fields.add(new Field(names.get(i), Type.Scalar.STRING));
      DictionaryBuilder texts = new DictionaryBuilder();
      int[] codes = new int[rows.size()];
      for (int row = 0; row < codes.length; row++) {
        String value = rows.get(row)[i];
        codes[row] = value == null ? StringColumn.MISSING : texts.code(value);
      }
      columns.add(new StringColumn(codes, texts.snapshot()));
    }
    return new Block(new Schema(fields), rows.size(), columns);
  }

  /** Scores a block with a new worker. */
  static Block score(CompiledModel model, Block block) {
    return model.bind(block.schema(), List.of()).worker().apply(block);
  }

  /**
   * Scores one row of texts (names and values in turn).
   *
   * @return results as texts, null where missing; {@code "error: …"} for all where the row is bad
   */
  static Map<String, String> row(CompiledModel model, String... values) {
    List<String> names = new ArrayList<>();
    String[] cells = new String[values.length / 2];
    for (int i = 0; i < cells.length; i++) {
      names.add(values[2 * i]);
      cells[i] = values[2 * i + 1];
    }
    List<String[]> rows = new ArrayList<>();
    rows.add(cells);
    Block block = texts(names, rows);
    Block scored =
        model.bind(block.schema(), List.of(), AbsentColumns.TAKE_AS_MISSING).worker().apply(block);
    return results(scored, 0);
  }

  /** A row of a scored block as texts. */
  static Map<String, String> results(Block scored, int row) {
    String error =
        scored.problems().stream()
            .filter(problem -> problem.row() == row)
            .map(problem -> "error: " + problem.text())
            .findFirst()
            .orElse(null);
    Map<String, String> results = new LinkedHashMap<>();
    for (int i = 0; i < scored.schema().size(); i++) {
      Column column = scored.column(i);
      String text =
          column.isMissing(row)
              ? null
              : ColumnText.text(scored.schema().field(i).type(), column, row);
      results.put(scored.schema().field(i).name(), error != null ? error : text);
    }
    return results;
  }
}
