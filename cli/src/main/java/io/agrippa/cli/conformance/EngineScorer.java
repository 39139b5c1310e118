package io.agrippa.cli.conformance;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.io.CsvOptions;
import io.agrippa.engine.io.InputOptions;
import io.agrippa.engine.io.Inputs;
import io.agrippa.engine.pmml.PmmlReader;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Scores cases with Agrippa, the way a job does: CSV file, plan, blocks. Rows that cannot be scored
 * have no results.
 */
public final class EngineScorer implements CaseScorer {
  @Override
  public ScoredTable score(ConformanceCase conformanceCase) throws IOException {
    if (conformanceCase.shape() != ConformanceCase.Shape.ROWS) {
      throw new IllegalArgumentException(
          conformanceCase.shape() == ConformanceCase.Shape.GROUPS
              ? "rows that belong together in groups are not scored yet"
              : "forecasts of several steps are not scored yet");
    }
    CompiledModel model =
        ModelCompiler.compile(PmmlReader.read(conformanceCase.model())).withIntermediateResults();
    BlockSource source = Inputs.open(conformanceCase.input().toString(), options(conformanceCase));
    Schema columns = source.schema();
    List<Field> wanted = model.reads().stream().filter(f -> columns.contains(f.name())).toList();
    Table table = new Table(model.results(), conformanceCase.syntheticTarget());
    try (Partitions partitions = source.read(wanted, new Partitioning.Natural())) {
      BlockOperator operator =
          model.bind(partitions.schema(), List.of(), AbsentColumns.TAKE_AS_MISSING);
      BlockOperator.Worker worker = operator.worker();
      if (operator.dependency().looksAhead()) {
        try (Partitions first = source.read(wanted, new Partitioning.Natural())) {
          each(first, worker::gather);
        }
      }
      each(partitions, block -> table.add(worker.apply(block)));
    }
    return new ScoredTable(table.rows, table.columns);
  }

  /** All rows of a case are one partition to its model. */
  private static void each(Partitions partitions, Consumer<Block> action) throws IOException {
    for (Partition p = partitions.next(); p != null; p = partitions.next()) {
      try (BlockReader reader = p.open()) {
        for (Block block = reader.next(); block != null; block = reader.next()) {
          action.accept(block);
        }
      }
    }
  }

  private static InputOptions options(ConformanceCase conformanceCase) {
    return new InputOptions(
        Optional.empty(),
        CsvOptions.DEFAULT
            .withDelimiter(conformanceCase.separator())
            .withMissing(List.of(conformanceCase.missingInput())));
  }

  /** Collects results of blocks as Java objects. */
  private static final class Table {
    private final Map<String, List<Object>> columns = new LinkedHashMap<>();
    private final List<List<Object>> inOrder = new ArrayList<>();
    private int rows;

    /**
     * The result of a model without a target field goes under the case's name for it, where it has
     * one.
     */
    Table(List<ResultField> results, String syntheticTarget) {
      for (ResultField result : results) {
        boolean synthetic =
            result.origin() == ResultField.Origin.TARGET && !syntheticTarget.isEmpty();
        List<Object> values = new ArrayList<>();
        inOrder.add(values);
        columns.put(synthetic ? syntheticTarget : result.name(), values);
      }
    }

    void add(Block block) {
      Set<Integer> bad = block.problems().stream().map(RowProblem::row).collect(Collectors.toSet());
      for (int i = 0; i < inOrder.size(); i++) {
        for (int row = 0; row < block.rows(); row++) {
          Column column = block.column(i);
          inOrder
              .get(i)
              .add(
                  bad.contains(row) || column.isMissing(row)
                      ? null
                      : value(block.schema().field(i).type(), column, row));
        }
      }
      rows += block.rows();
    }

    private static Object value(Type type, Column column, int row) {
      if (column instanceof StringColumn c) {
        return c.value(row);
      }
      if (column instanceof DoubleColumn c) {
        return c.values()[row];
      }
      if (!(column instanceof LongColumn c)) {
        throw new IllegalStateException("a result of type " + type);
      }
      long value = c.values()[row];
      if (type == Type.Scalar.BOOLEAN) {
        return value != 0;
      }
      if (type == Type.Scalar.DATE) {
        return LocalDate.ofEpochDay(value);
      }
      if (type instanceof Type.Time t) {
        return LocalTime.ofNanoOfDay(value * (Type.Unit.NANOS.perSecond() / t.unit().perSecond()));
      }
      if (type instanceof Type.Timestamp t) {
        long second = Math.floorDiv(value, t.unit().perSecond());
        long part = Math.floorMod(value, t.unit().perSecond());
        return LocalDateTime.ofInstant(
            Instant.ofEpochSecond(
                second, part * (Type.Unit.NANOS.perSecond() / t.unit().perSecond())),
            ZoneOffset.UTC);
      }
      return value;
    }
  }
}
