package io.agrippa.engine;

import io.agrippa.engine.compile.InputField;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** A digest of the outcomes of some records. */
  static String digest(ScoringModel model) {
    return Integer.toHexString(
        of(model, 1, DIGESTED).stream().map(record -> outcome(model, record)).toList().hashCode());
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
