package io.agrippa.engine.compile;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
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
 * gives, as {@link VerificationTally} does. Where a result that is an Output field is given, those
 * of the target are not compared.
 */
final class ModelVerifier {
  private final CompiledModel model;
  private final Verification verification;

  ModelVerifier(CompiledModel model, Verification verification) {
    this.model = model.withIntermediateResults();
    this.verification = verification;
  }

  /**
   * Compares; returns the number of rows.
   *
   * @throws ModelException if a result differs
   */
  int verify() {
    VerificationReport report = report();
    report
        .first()
        .ifPresent(
            difference -> {
              throw error(
                  "in row %d, the field \"%s\" should be %s, but the model gives %s; this engine may compute something otherwise than the model's maker: report it, or load the model without verifying"
                      .formatted(
                          difference.row(),
                          difference.field(),
                          difference.expected(),
                          difference.actual()));
            });
    return verification.table().rows().size();
  }

  /** Compares all rows. */
  VerificationReport report() {
    Map<String, ResultField> results = results();
    List<Verification.Field> inputs = inputFields(results);
    List<Verification.Field> expected = new ArrayList<>();
    boolean anyOutput = false;
    for (Verification.Field field : verification.fields()) {
      ResultField result = results.get(field.field());
      if (result != null) {
        expected.add(field);
        anyOutput |= result.origin() == ResultField.Origin.OUTPUT;
      }
    }
    if (anyOutput) {
      expected.removeIf(field -> results.get(field.field()).origin() == ResultField.Origin.TARGET);
    }
    Schema schema = schema(inputs);
    BlockOperator.Worker worker =
        model.bind(schema, List.of(), AbsentColumns.TAKE_AS_MISSING).worker();
    List<VerificationTally> tallies =
        expected.stream()
            .map(
                field ->
                    new VerificationTally(
                        results.get(field.field()),
                        new Tolerance(field.precision(), field.zeroThreshold())))
            .toList();
    List<String[]> rows = verification.table().rows();
    if (model.dependency().looksAhead()) {
      inputs().forEach(worker::gather);
    }
    for (int from = 0; from < rows.size(); from += Block.MAX_ROWS) {
      List<String[]> part = rows.subList(from, Math.min(rows.size(), from + Block.MAX_ROWS));
      compare(worker.apply(block(schema, inputs, part)), expected, tallies, part, from);
    }
    return new VerificationReport(
        rows.size(), tallies.stream().map(VerificationTally::column).toList(), List.of());
  }

  /** The inputs of all rows, fields that the model does not look at included. */
  List<Block> inputs() {
    List<Verification.Field> inputs = inputFields(results());
    Schema schema = schema(inputs);
    List<String[]> rows = verification.table().rows();
    List<Block> blocks = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += Block.MAX_ROWS) {
      blocks.add(
          block(schema, inputs, rows.subList(from, Math.min(rows.size(), from + Block.MAX_ROWS))));
    }
    return blocks;
  }

  private Map<String, ResultField> results() {
    Map<String, ResultField> results = new HashMap<>();
    model.results().forEach(result -> results.put(result.name(), result));
    return results;
  }

  /** The fields that are no results, each of which must be known. */
  private List<Verification.Field> inputFields(Map<String, ResultField> results) {
    List<Verification.Field> inputs = new ArrayList<>();
    for (Verification.Field field : verification.fields()) {
      if (!results.containsKey(field.field())) {
        if (model.inputs().stream().anyMatch(input -> input.name().equals(field.field()))) {
          inputs.add(field);
        } else {
          checkKnown(field);
        }
      }
    }
    return inputs;
  }

  private static Schema schema(List<Verification.Field> inputs) {
    return new Schema(
        inputs.stream().map(field -> new Field(field.field(), Type.Scalar.STRING)).toList());
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
      List<VerificationTally> tallies,
      List<String[]> rows,
      int offset) {
    Map<Integer, RowProblem> problems = new HashMap<>();
    actual.problems().forEach(problem -> problems.put(problem.row(), problem));
    for (int i = 0; i < tallies.size(); i++) {
      VerificationTally tally = tallies.get(i);
      int position = position(expected.get(i));
      int column = actual.schema().indexOf(expected.get(i).field());
      for (int row = 0; row < rows.size(); row++) {
        String cell = position < 0 ? null : rows.get(row)[position];
        if (cell != null) {
          tally.compare(
              offset + row + 1,
              cell,
              actual.schema().field(column).type(),
              actual.column(column),
              row,
              problems.get(row));
        }
      }
    }
  }
}
