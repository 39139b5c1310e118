package io.agrippa.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.compile.ModelOperator;
import io.agrippa.engine.compile.Trace;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Cell;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.io.CsvOptions;
import io.agrippa.engine.io.InputOptions;
import io.agrippa.engine.io.Inputs;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.pmml.PmmlException;
import io.agrippa.engine.pmml.PmmlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Traces rows of every fifth conformance case, where they are: what is traced is what is scored.
 * All of them take minutes: {@code -Dagrippa.trace.every=1}.
 */
class TraceConformanceTest {
  private static final Path SHARED = Path.of(System.getProperty("agrippa.shared", "none"));

  @Test
  void theTraceOfARowEndsWithTheBitsThatScoringItGives() throws IOException {
    Path cases = SHARED.resolve("conformance");
    assumeTrue(Files.isDirectory(cases));
    int traced = 0;
    int every = Integer.getInteger("agrippa.trace.every", 5);
    List<ConformanceCase> all = new CaseReader().read(cases);
    for (int i = 0; i < all.size(); i += every) {
      ConformanceCase one = all.get(i);
      CompiledModel model;
      try {
        model = ModelCompiler.compile(PmmlReader.read(one.model())).withIntermediateResults();
      } catch (PmmlException | ModelException e) {
        continue; // not supported
      }
      traced += trace(one, model);
    }
    assertThat(traced).isPositive();
  }

  /** As many rows as Lag looks back at, and few enough for models that normalize texts. */
  private static final int ROWS = 12;

  /** Traces the first, a middle and the last row of a small block, in it and by themselves. */
  private static int trace(ConformanceCase one, CompiledModel model) throws IOException {
    BlockSource source =
        Inputs.open(
            one.input().toString(),
            new InputOptions(
                Optional.empty(),
                CsvOptions.DEFAULT
                    .withDelimiter(one.separator())
                    .withMissing(List.of(one.missingInput()))));
    Schema columns = source.schema();
    List<Field> wanted = model.reads().stream().filter(f -> columns.contains(f.name())).toList();
    try (Partitions partitions = source.read(wanted, new Partitioning.Natural());
        BlockReader reader = partitions.next().open()) {
      Block first = reader.next();
      Block block = first.slice(0, Math.min(ROWS, first.rows()));
      ModelOperator operator =
          model.bind(partitions.schema(), List.of(), AbsentColumns.TAKE_AS_MISSING);
      Block scored = operator.worker().apply(block);
      for (int row : new int[] {0, block.rows() / 2, block.rows() - 1}) {
        Trace trace = operator.trace(block, row);
        assertThat(trace.problem().isPresent())
            .as("%s row %d is refused", one.id(), row)
            .isEqualTo(scored.problems().stream().anyMatch(problem -> problem.row() == row));
        for (int i = 0; i < trace.results().size(); i++) {
          assertThat(trace.results().get(i).value().orElse(null))
              .as("%s row %d %s", one.id(), row, trace.results().get(i).name())
              .isEqualTo(Cell.value(scored.schema().field(i).type(), scored.column(i), row));
        }
        if (model.dependency() instanceof RowDependency.None) {
          assertThat(operator.trace(block.slice(row, row + 1), 0).results())
              .as("%s row %d by itself", one.id(), row)
              .isEqualTo(trace.results());
        }
      }
    }
    return 3;
  }
}
