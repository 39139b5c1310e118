package io.agrippa.engine;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out how data suits a model. */
final class Sampling {
  private static final int EXAMPLES = 5; // rows named for each problem

  private final Map<Kind, Found> found = new LinkedHashMap<>();
  private long rows;
  private long bad;

  private record Kind(String field, String reason) {}

  private static final class Found {
    private final List<SampleReport.Example> first = new ArrayList<>();
    private long rows;
  }

  private Sampling() {}

  static SampleReport of(CompiledModel model, BlockSource source) throws IOException {
    Schema columns = source.schema();
    List<Field> reads = model.reads();
    List<Field> there = reads.stream().filter(field -> columns.contains(field.name())).toList();
    Sampling sampling = new Sampling();
    try (InputBlocks blocks = new InputBlocks(source, there, model.dependency())) {
      BlockOperator.Worker worker =
          model.bind(blocks.schema(), List.of(), AbsentColumns.TAKE_AS_MISSING).worker();
      worker.startPartition();
      InputBlocks.gather(source, there, model.dependency(), worker::gather);
      while (blocks.next()) {
        sampling.rows += blocks.block().rows();
        worker.apply(blocks.block()).problems().forEach(problem -> sampling.add(blocks, problem));
      }
    }
    List<String> names = reads.stream().map(Field::name).toList();
    return new SampleReport(
        source.name(),
        sampling.rows,
        sampling.bad,
        sampling.problems(),
        names.stream().filter(name -> !columns.contains(name)).toList(),
        columns.names().stream().filter(name -> !names.contains(name)).toList());
  }

  private void add(InputBlocks blocks, RowProblem problem) {
    bad++;
    Found kind =
        found.computeIfAbsent(new Kind(problem.field(), problem.reason()), k -> new Found());
    kind.rows++;
    if (kind.first.size() < EXAMPLES) {
      kind.first.add(
          new SampleReport.Example(
              blocks.origin(), blocks.number(problem.row()), Optional.ofNullable(problem.value())));
    }
  }

  private List<SampleReport.Problem> problems() {
    return found.entrySet().stream()
        .map(
            entry ->
                new SampleReport.Problem(
                    entry.getKey().field(),
                    entry.getKey().reason(),
                    entry.getValue().rows,
                    entry.getValue().first))
        .sorted(Comparator.comparingLong((SampleReport.Problem p) -> -p.rows()))
        .toList();
  }
}
