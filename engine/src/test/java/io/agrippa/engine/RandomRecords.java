package io.agrippa.engine;

import io.agrippa.engine.compile.InputField;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.run.RowPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random records of a model's fields: values that it knows, texts that it does not know, numbers as
 * numbers and as text, and missing ones. Needs nothing but the engine, so that it can be run
 * without anything else.
 */
final class RandomRecords {
  private static final int DIGESTED = 200;

  private RandomRecords() {}

  /** Scores records of the model that the argument names and prints a digest of the results. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(digest(Agrippa.load(Path.of(arguments[0]))));
  }

  /** A digest of the outcomes of some records, one by one and as a batch. */
  static String digest(ScoringModel model) {
    List<Map<String, Object>> records = of(model, 1, DIGESTED);
    List<Object> outcomes = batchOutcomes(model, batch(model, records));
    return Integer.toHexString(
        31 * records.stream().map(record -> outcome(model, record)).toList().hashCode()
            + outcomes.hashCode());
  }

  /** The records as arrays: numbers where the field is a double, else texts. */
  static ColumnBatch batch(ScoringModel model, List<Map<String, Object>> records) {
    ColumnBatch.Builder batch = ColumnBatch.ofRows(records.size());
    for (InputField field : model.inputs()) {
      String name = field.name();
      if (field.textType() == Type.Scalar.DOUBLE && field.values().isEmpty()) {
        double[] values = new double[records.size()];
        boolean[] missing = new boolean[records.size()];
        for (int row = 0; row < values.length; row++) {
          missing[row] = records.get(row).get(name) == null;
          values[row] =
              missing[row] ? -1 : Double.parseDouble(records.get(row).get(name).toString());
        }
        batch.doubles(name, values, missing);
      } else {
        batch.texts(
            name, records.stream().map(record -> text(record.get(name))).toArray(String[]::new));
      }
    }
    return batch.build();
  }

  private static String text(Object value) {
    return value instanceof LocalDateTime time
        ? DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time)
        : value == null ? null : value.toString();
  }

  /** The outcomes of a batch's rows, as {@link #outcome} gives them. */
  static List<Object> batchOutcomes(ScoringModel model, ColumnBatch batch) {
    ColumnBatch scored = model.score(batch, RowPolicy.NULL);
    Map<Integer, String> problems = new HashMap<>();
    scored.problems().forEach(problem -> problems.put(problem.row(), problem.text()));
    List<Object> outcomes = new ArrayList<>();
    Map<String, boolean[]> missing = new HashMap<>();
    model.results().forEach(r -> missing.put(r.name(), scored.missing(r.name())));
    for (int row = 0; row < scored.rows(); row++) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (ResultField result : model.results()) {
        values.put(
            result.name(),
            missing.get(result.name())[row]
                ? null
                : result.type() == Type.Scalar.STRING
                    ? scored.texts(result.name())[row]
                    : result.type() == Type.Scalar.DOUBLE
                        ? (Object) scored.doubles(result.name())[row]
                        : (Object) (int) scored.longs(result.name())[row]);
      }
      outcomes.add(problems.containsKey(row) ? problems.get(row) : values);
    }
    return outcomes;
  }

  static List<Map<String, Object>> of(ScoringModel model, long seed, int count) {
    Random random = new Random(seed);
    List<Map<String, Object>> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, Object> record = new HashMap<>();
      model.inputs().forEach(field -> record.put(field.name(), value(field, random)));
      records.add(record);
    }
    return records;
  }

  private static Object value(InputField field, Random random) {
    if (random.nextInt(8) == 0) {
      return null;
    }
    if (!field.values().isEmpty()) {
      return random.nextInt(50) == 0
          ? "no such value"
          : field.values().get(random.nextInt(field.values().size()));
    }
    return switch (field.dataType().kind()) {
      case STRING -> List.of("ATL", "ORD", "PHX", "XXX").get(random.nextInt(4));
      case DATE_TIME -> LocalDateTime.of(2001, 1, 1, 0, 0).plusMinutes(random.nextInt(500_000));
      default ->
          random.nextBoolean()
              ? (Object) random.nextInt(3000)
              : Double.toString(random.nextInt(3000) / 2.0);
    };
  }

  /** A record's results, or what is wrong with it. */
  static Object outcome(ScoringModel model, Map<String, Object> record) {
    try {
      return model.score(record);
    } catch (BadRecordException e) {
      return e.getMessage();
    }
  }
}
