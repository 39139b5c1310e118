package io.agrippa.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Computes the dictionaries of the CSV files again, from the text, with nothing of the engine. */
class DictionaryTest {
  static Stream<Dataset> csv() {
    return Datasets.all().stream().filter(d -> d.format() == Format.CSV);
  }

  @ParameterizedTest
  @MethodSource("csv")
  void dictionarySaysWhatTheFileHolds(Dataset dataset) throws IOException {
    List<CsvRecord> records;
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(dataset.path())) {
      records = reader.stream().toList();
    }
    assertThat(records.get(0).getFields()).isEqualTo(dataset.schema().names());
    List<CsvRecord> rows = records.subList(1, records.size());
    assertThat(rows).hasSize(Math.toIntExact(dataset.rows()));
    for (int i = 0; i < dataset.dictionary().size(); i++) {
      int column = i;
      check(dataset.dictionary().get(i), rows.stream().map(r -> r.getField(column)).toList());
    }
  }

  private static void check(Variable variable, List<String> cells) {
    List<String> values = cells.stream().filter(c -> !c.isEmpty()).toList();
    assertThat(cells.size() - values.size())
        .as(variable.name())
        .isEqualTo(Math.toIntExact(variable.missing()));
    if (variable.domain() instanceof Domain.Range range) {
      checkRange(variable, range, values);
    } else if (variable.domain() instanceof Domain.Categories categories) {
      checkCategories(variable, categories, values);
    } else if (variable.domain() instanceof Domain.Identifiers ids) {
      assertThat(values.stream().distinct().count()).as(variable.name()).isEqualTo(ids.distinct());
    }
  }

  private static void checkRange(Variable variable, Domain.Range range, List<String> values) {
    List<BigDecimal> numbers = values.stream().map(BigDecimal::new).sorted().toList();
    assertThat(numbers.get(0)).as(variable.name()).isEqualByComparingTo(range.least());
    assertThat(numbers.get(numbers.size() - 1))
        .as(variable.name())
        .isEqualByComparingTo(range.greatest());
    if (variable.type() == Type.Scalar.INT) {
      assertThat(values).as(variable.name()).allMatch(v -> v.matches("-?[0-9]{1,9}"));
    } else {
      assertThat(variable.type()).isEqualTo(Type.Scalar.DOUBLE);
    }
  }

  private static void checkCategories(
      Variable variable, Domain.Categories categories, List<String> values) {
    Map<String, Long> counts = new HashMap<>();
    values.forEach(v -> counts.merge(v, 1L, Long::sum));
    Map<String, Long> expected = new HashMap<>();
    categories.categories().stream()
        .filter(c -> c.count() > 0)
        .forEach(c -> expected.put(c.value(), c.count()));
    assertThat(counts).as(variable.name()).isEqualTo(expected);
  }
}
