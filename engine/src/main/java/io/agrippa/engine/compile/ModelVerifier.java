package io.agrippa.engine.compile;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.model.Verification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores the rows of a ModelVerification and compares the results with those that the document
 * gives. Numbers agree within the field's relative precision, or if both are within its
 * zeroThreshold of zero; all else agrees if it is equal. Absent cells are not compared. Where a
 * result that is an Output field is given, those of the target are not compared.
 */
final class ModelVerifier {
  private final CompiledModel model;
  private final Verification verification;

  ModelVerifier(CompiledModel model, Verification verification) {
    this.model = model.withIntermediateResults();
    this.verification = verification;
  }

  /** Compares; returns the number of rows. */
  int verify() {
    Map<String, ResultField> results = new HashMap<>();
    model.results().forEach(result -> results.put(result.name(), result));
    List<Verification.Field> inputs = new ArrayList<>();
    List<Verification.Field> expected = new ArrayList<>();
    boolean anyOutput = false;
    for (Verification.Field field : verification.fields()) {
      ResultField result = results.get(field.field());
      if (result != null) {
        expected.add(field);
        anyOutput |= result.origin() == ResultField.Origin.OUTPUT;
      } else if (model.specs().stream()
          .anyMatch(spec -> spec.field().name().equals(field.field()))) {
        inputs.add(field);
      } else {
        checkKnown(field);
      }
    }
    if (anyOutput) {
      expected.removeIf(field -> results.get(field.field()).origin() == ResultField.Origin.TARGET);
    }
    Schema schema =
        new Schema(
            inputs.stream().map(field -> new Field(field.field(), Type.Scalar.STRING)).toList());
    BlockOperator.Worker worker =
        model.bind(schema, List.of(), AbsentColumns.TAKE_AS_MISSING).worker();
    List<String[]> rows = verification.table().rows();
    for (int from = 0; from < rows.size(); from += Block.MAX_ROWS) {
      List<String[]> part = rows.subList(from, Math.min(rows.size(), from + Block.MAX_ROWS));
      compare(worker.apply(block(schema, inputs, part)), expected, results, part, from);
    }
    return rows.size();
  }

  /**
   * What is neither read nor a result must at least be a field of the document: converters also
   * list the outputs of segments within a chain.
   */
  private void checkKnown(Verification.Field field) {
    String name = field.field();
    boolean known =
        model.document().dataDictionary().stream().anyMatch(f -> f.name().equals(name))
            || model.document().models().stream().anyMatch(m -> givesOut(m, name));
    if (!known) {
      throw error(
          "the field \""
              + name
              + "\" is neither an input nor a result of the model; correct the name");
    }
  }

  private static boolean givesOut(Model model, String name) {
    if (model.frame().output().stream().anyMatch(output -> output.name().equals(name))) {
      return true;
    }
    return model instanceof MiningModel mining
        && mining.segments().stream().anyMatch(segment -> givesOut(segment.model(), name));
  }

  private ModelException error(String message) {
    return new ModelException(model.place(), verification.line(), "ModelVerification: " + message);
  }

  private int position(Verification.Field field) {
    return verification.table().columns().indexOf(field.column());
  }

  private Block block(Schema schema, List<Verification.Field> inputs, List<String[]> rows) {
    List<Column> columns = new ArrayList<>();
    for (Verification.Field field : inputs) {
      int position = position(field);
      boolean text =
          model.specs().stream()
              .anyMatch(spec -> spec.field().name().equals(field.field()) && spec.type().isText());
      DictionaryBuilder texts = new DictionaryBuilder();
      int[] codes = new int[rows.size()];
      for (int row = 0; row < codes.length; row++) {
        String cell = position < 0 ? null : rows.get(row)[position];
        boolean absent = cell == null || (cell.isEmpty() && !text);
        codes[row] = absent ? StringColumn.MISSING : texts.code(cell);
      }
      columns.add(new StringColumn(codes, texts.snapshot()));
    }
    return new Block(schema, rows.size(), columns);
  }

  private void compare(
      Block actual,
      List<Verification.Field> expected,
      Map<String, ResultField> results,
      List<String[]> rows,
      int offset) {
    Map<Integer, RowProblem> problems = new HashMap<>();
    actual.problems().forEach(problem -> problems.put(problem.row(), problem));
    for (int row = 0; row < rows.size(); row++) {
      for (Verification.Field field : expected) {
        int position = position(field);
        String cell = position < 0 ? null : rows.get(row)[position];
        if (cell == null) {
          continue;
        }
        int column = actual.schema().indexOf(field.field());
        RowProblem problem = problems.get(row);
        String found =
            problem != null
                ? "an error (" + problem.text() + ")"
                : actual.column(column).isMissing(row)
                    ? "no value"
                    : ColumnText.text(
                        actual.schema().field(column).type(), actual.column(column), row);
        boolean agrees =
            problem == null
                && !actual.column(column).isMissing(row)
                && agrees(
                    field, results.get(field.field()), cell, actual.column(column), row, found);
        if (!agrees) {
          throw error(
              "in row %d, the field \"%s\" should be %s, but the model gives %s; this engine may compute something otherwise than the model's maker: report it, or load the model without verifying"
                  .formatted(offset + row + 1, field.field(), cell, found));
        }
      }
    }
  }

  private static boolean agrees(
      Verification.Field field,
      ResultField result,
      String cell,
      Column column,
      int row,
      String found) {
    DataType type = result.dataType();
    try {
      if (column instanceof DoubleColumn doubles) {
        return agrees(Literals.number(cell, type), doubles.values()[row], field);
      }
      if (type.isNumeric()) {
        return agrees(
            Literals.number(cell, DataType.DOUBLE), Literals.number(found, DataType.DOUBLE), field);
      }
      return Literals.canonical(cell, type).equals(Literals.canonical(found, type));
    } catch (LiteralException e) {
      return false;
    }
  }

  /** Numbers within the field's tolerances of each other. */
  private static boolean agrees(double expected, double actual, Verification.Field field) {
    if (Math.abs(expected) <= field.zeroThreshold() && Math.abs(actual) <= field.zeroThreshold()) {
      return true;
    }
    if (Double.compare(expected, actual) == 0) {
      return true; // also NaN and infinities
    }
    double a = expected * (1 - field.precision());
    double b = expected * (1 + field.precision());
    return actual >= Math.min(a, b) && actual <= Math.max(a, b);
  }
}
