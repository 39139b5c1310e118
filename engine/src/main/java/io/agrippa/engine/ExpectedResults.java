package io.agrippa.engine;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ResultComparison;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.compile.Tolerance;
import io.agrippa.engine.compile.VerificationReport;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Holds a model's results against those of a table, row by row. */
final class ExpectedResults {
  private final CompiledModel model;
  private final BlockSource input;
  private final BlockSource expected;

  ExpectedResults(CompiledModel model, BlockSource input, BlockSource expected) {
    this.model = model.withIntermediateResults();
    this.input = input;
    this.expected = expected;
  }

  VerificationReport compare(List<String> asked, Tolerance tolerance) throws IOException {
    List<String> there = List.copyOf(new LinkedHashSet<>(expected.schema().names()));
    List<ResultField> results = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (String name : asked.isEmpty() ? there : asked) {
      Optional<ResultField> result =
          model.results().stream().filter(field -> field.name().equals(name)).findFirst();
      if (result.isPresent() && there.contains(name)) {
        results.add(result.get());
      } else if (asked.isEmpty()) {
        others.add(name);
      } else {
        throw unknown("the column \"" + name + "\" is to be compared, but ", there);
      }
    }
    if (results.isEmpty()) {
      throw unknown("no column has the name of a result: ", there);
    }
    // Text is compared as text, so that no digit of it is lost.
    List<Field> wanted =
        results.stream().map(field -> new Field(field.name(), Type.Scalar.STRING)).toList();
    ResultComparison comparison = new ResultComparison(results, tolerance, others);
    try (InputBlocks rows = new InputBlocks(input, model.reads(), model.dependency());
        InputBlocks table = new InputBlocks(expected, wanted, new RowDependency.None())) {
      compare(rows, table, comparison);
    }
    return comparison.report();
  }

  private IllegalArgumentException unknown(String what, List<String> there) {
    return new IllegalArgumentException(
        "%s: %sthe model gives %s, and the table has %s; rename its columns"
            .formatted(
                expected.name(),
                what,
                String.join(", ", model.results().stream().map(ResultField::name).toList()),
                String.join(", ", there)));
  }

  private void compare(InputBlocks rows, InputBlocks table, ResultComparison comparison)
      throws IOException {
    BlockOperator.Worker worker =
        model.bind(rows.schema(), List.of(), AbsentColumns.REFUSE).worker();
    worker.startPartition();
    InputBlocks.gather(input, model.reads(), model.dependency(), worker::gather);
    int at = 0;
    boolean more = table.next();
    long count = 0;
    while (rows.next()) {
      Block scored = worker.apply(rows.block());
      comparison.begin(scored);
      for (int row = 0; row < scored.rows(); row++) {
        if (more && at == table.block().rows()) {
          more = table.next();
          at = 0;
        }
        if (!more) {
          throw unequal("fewer", count);
        }
        comparison.compare(row, table.block(), at++);
        count++;
      }
    }
    if (more && (at < table.block().rows() || table.next())) {
      throw unequal("more", count);
    }
  }

  private IOException unequal(String than, long count) {
    return new IOException(
        "%s: has %s rows than %s (compared so far: %d); rows belong together by their position, so give each row of the input its expected results"
            .formatted(expected.name(), than, input.name(), count));
  }
}
