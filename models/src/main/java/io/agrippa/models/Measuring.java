package io.agrippa.models;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.compile.ModelOperator;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.model.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * Measures a model on rows with known targets, by scoring them with the engine: what is measured is
 * the document that is handed out, not the library's model that it was made from.
 */
final class Measuring {
  private final TrainingRequest request;
  private final Labels labels;
  private final CompiledModel model;

  /**
   * A measuring.
   *
   * @param labels the labels of the training rows
   */
  Measuring(TrainingRequest request, Labels labels, Document document) {
    this.request = request;
    this.labels = labels;
    model = ModelCompiler.compile(document);
  }

  /**
   * What came out.
   *
   * @param rows number of rows with a target
   */
  record Outcome(long rows, List<TrainingReport.Metric> metrics) {}

  /** Scores the rows at the wanted positions and compares them with their targets. */
  Outcome measure(LongPredicate wanted) throws IOException {
    BlockSource source = request.data().source();
    Schema schema = source.schema();
    Field target = schema.field(schema.indexOf(request.target().column()));
    List<Field> fields = new ArrayList<>(model.reads());
    fields.add(target);
    Scores scores = new Scores(target);
    try (Partitions partitions = source.read(fields, new Partitioning.Natural())) {
      ModelOperator operator = model.bind(partitions.schema(), List.of());
      scores.bind(operator);
      for (Partition p = partitions.next(); p != null; p = partitions.next()) {
        try (BlockReader reader = p.open()) {
          for (Block block = reader.next(); block != null; block = reader.next()) {
            scores.add(block, wanted);
          }
        }
      }
    }
    return scores.outcome();
  }

  /** Gathers the targets and the predicted numbers of the wanted rows. */
  private final class Scores {
    private final ColumnBuilder targets;
    private final List<String> wanted;
    private final double[][] numbers;
    private int[] columns;
    private BlockOperator.Worker worker;
    private long seen;
    private int rows;

    Scores(Field target) {
      targets =
          ColumnBuilder.of(target, request.categories().contains(target.name()), request.data());
      wanted =
          labels instanceof Labels.Classes classes
              ? classes.levels().stream().map(PmmlFrame::probability).toList()
              : List.of(labels.name());
      numbers = new double[wanted.size()][1024];
    }

    void bind(ModelOperator operator) {
      List<String> results = model.results().stream().map(ResultField::name).toList();
      columns = wanted.stream().mapToInt(results::indexOf).toArray();
      worker = operator.worker();
    }

    void add(Block block, LongPredicate chosen) {
      Column target = block.column(block.schema().size() - 1);
      long first = seen;
      int[] taken =
          IntStream.range(0, block.rows())
              .filter(row -> chosen.test(first + row) && !target.isMissing(row))
              .toArray();
      seen += block.rows();
      if (taken.length == 0) {
        return;
      }
      Block scored = worker.apply(block);
      for (RowProblem problem : scored.problems()) {
        if (Arrays.binarySearch(taken, problem.row()) >= 0) {
          throw unscored(first + problem.row(), problem.reason());
        }
      }
      targets.add(target, taken, first);
      for (int i = 0; i < columns.length; i++) {
        DoubleColumn column = (DoubleColumn) scored.column(columns[i]);
        if (rows + taken.length > numbers[i].length) {
          numbers[i] =
              Arrays.copyOf(numbers[i], Math.max(rows + taken.length, numbers[i].length * 2));
        }
        for (int t = 0; t < taken.length; t++) {
          if (column.isMissing(taken[t])) {
            throw unscored(first + taken[t], "the model gives no result");
          }
          numbers[i][rows + t] = column.values()[taken[t]];
        }
      }
      rows += taken.length;
    }

    private TrainingException unscored(long row, String reason) {
      return new TrainingException(
          "%s: row %d cannot be measured: %s; correct it".formatted(place(), row + 1, reason));
    }

    Outcome outcome() {
      if (rows == 0) {
        return new Outcome(0, List.of());
      }
      Table table = new Table(rows, List.of(targets.build()), seen);
      Labels truth = new LabelReader(request.target()).labels(table, place());
      if (truth instanceof Labels.Amounts amounts && labels instanceof Labels.Amounts) {
        return new Outcome(
            rows, Metrics.ofAmounts(amounts.values(), Arrays.copyOf(numbers[0], rows)));
      }
      if (truth instanceof Labels.Classes classes && labels instanceof Labels.Classes known) {
        int[] levels =
            classes.levels().stream().mapToInt(level -> known.levels().indexOf(level)).toArray();
        int[] codes = Arrays.stream(classes.codes()).map(code -> levels[code]).toArray();
        return new Outcome(rows, Metrics.ofClasses(codes, numbers));
      }
      throw new TrainingException(
          "%s: target \"%s\" is a number in some rows and text in others; correct it"
              .formatted(place(), labels.name()));
    }

    private String place() {
      return request.data().name();
    }
  }
}
