package io.agrippa.engine.io;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** CSV files, or one stream of CSV. */
final class CsvSource extends TextSource {
  private final CsvOptions options;
  private final MissingTokens missing;

  CsvSource(String name, List<? extends TextInput> inputs, CsvOptions options) {
    super(name, inputs);
    this.options = options;
    this.missing = new MissingTokens(options);
  }

  @Override
  public Schema schema() throws IOException {
    TextInput first = inputs().get(0);
    List<String> columns = look(first, text -> ((CsvText) text).columns());
    for (String typed : options.types().keySet()) {
      if (!columns.contains(typed)) {
        throw new IOException(
            "%s has no column \"%s\", for which a type was given; its columns are %s"
                .formatted(first.name(), typed, Names.list(columns)));
      }
    }
    List<Field> fields = new ArrayList<>();
    for (String column : columns) {
      fields.add(new Field(column, options.types().getOrDefault(column, Type.Scalar.STRING)));
    }
    return new Schema(fields);
  }

  @Override
  boolean everyFileHasItsColumns() {
    return true;
  }

  @Override
  CutText open(TextInput input) throws IOException {
    return CsvText.open(input, options);
  }

  @Override
  TextPlan plan(CutText text, Schema wanted, List<SharedDictionary> dictionaries)
      throws IOException {
    CsvText csv = (CsvText) text;
    return CsvPlan.of(csv.name(), csv.delimiter(), csv.columns(), wanted, missing, dictionaries);
  }
}
