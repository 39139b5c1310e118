package io.agrippa.engine;

import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Cell;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores records as blocks of one row. Holds scratch space, so not safe for use by many threads.
 */
final class RecordWorker {
  private final List<RecordField> fields;
  private final List<ResultField> results;
  private final Schema schema;
  private final BlockOperator.Worker worker;

  /**
   * A worker.
   *
   * @param named the fields that are read, under the names that records have them
   * @param reads the same under the model's names
   */
  RecordWorker(
      List<Field> named,
      List<Field> reads,
      List<ResultField> results,
      BlockOperator.Worker worker) {
    this.fields = named.stream().map(RecordField::of).toList();
    this.results = results;
    this.schema = new Schema(reads);
    this.worker = worker;
  }

  /** A record as a block of one row. */
  Block block(Map<String, ?> record) {
    List<Column> columns = new ArrayList<>(fields.size());
    for (RecordField field : fields) {
      columns.add(field.column(record.get(field.name())));
    }
    return new Block(schema, 1, columns);
  }

  Map<String, Object> score(Map<String, ?> record) {
    Block scored = worker.apply(block(record));
    if (!scored.problems().isEmpty()) {
      throw new BadRecordException(renamed(scored.problems().get(0)));
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      ResultField result = results.get(i);
      values.put(result.name(), Cell.value(result.type(), scored.column(i), 0));
    }
    return values;
  }

  /** The problem with the field under the record's name of it. */
  private RowProblem renamed(RowProblem problem) {
    int field = schema.indexOf(problem.field());
    return field < 0
        ? problem
        : new RowProblem(
            problem.row(), fields.get(field).name(), problem.value(), problem.reason());
  }
}
