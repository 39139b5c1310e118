package io.agrippa.cli.conformance;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Expected results as texts.
 *
 * @param columns the names
 * @param rows one list a row, null where the cell is missing
 */
record ExpectedTable(List<String> columns, List<List<String>> rows) {

  /** Reads a table with a header; cells that are the missing token are missing. */
  static ExpectedTable read(Path file, char separator, String missing) throws IOException {
    // A table of one column has empty lines where the cell is missing, so they must not be skipped.
    try (CsvReader<CsvRecord> reader =
        CsvReader.builder()
            .fieldSeparator(separator)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(file)) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        throw new IOException(file + ": is empty; it has to begin with a header");
      }
      List<String> header = records.next().getFields();
      List<List<String>> rows = new ArrayList<>();
      while (records.hasNext()) {
        CsvRecord record = records.next();
        if (record.getFieldCount() != header.size()) {
          throw new IOException(
              "%s:%d: %d cells, but the header has %d"
                  .formatted(
                      file, record.getStartingLineNumber(), record.getFieldCount(), header.size()));
        }
        List<String> row = new ArrayList<>();
        for (String cell : record.getFields()) {
          row.add(cell.equals(missing) ? null : cell);
        }
        rows.add(row);
      }
      return new ExpectedTable(header, rows);
    }
  }
}
