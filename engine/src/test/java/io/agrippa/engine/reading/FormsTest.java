package io.agrippa.engine.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.Agrippa;
import io.agrippa.engine.BadRecordException;
import io.agrippa.engine.ColumnBatch;
import io.agrippa.engine.LoadOptions;
import io.agrippa.engine.ScoringModel;
import io.agrippa.engine.arrow.ArrowScorer;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.run.RowPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.Test;

/**
 * Whether rows come as records, as plain arrays or as Arrow's vectors, generated models give them
 * the same bits, and refuse the same of them.
 */
class FormsTest {
  private static final String[] LABELS = {"no", "yes", "maybe"};

  @Test
  void recordsArraysAndVectorsAgree() {
    int[] scored = new int[1];
    Tries.of(
        24,
        seed -> {
          Random random = new Random(seed);
          RandomFields fields = new RandomFields(random).tame();
          RandomMining mining = new RandomMining(random, fields);
          String[] labels = random.nextBoolean() ? LABELS : null;
          String output =
              RandomOutput.field("p", "predictedValue", "")
                  + (labels == null ? RandomOutput.ofNumber() : RandomOutput.ofCategory());
          String document =
              Agreement.of(
                      fields,
                      "<DataField name=\"y\" optype=\"%s\" dataType=\"%s\"/>"
                          .formatted(
                              labels == null ? "continuous" : "categorical",
                              labels != null
                                  ? "string"
                                  : fields.pick("double", "float", "integer")),
                      mining.model(
                          mining.method(labels), labels, fields.miningSchema("y"), "y", output, 1))
                  .document();
          for (int size : new int[] {0, 1, seed == 1 ? 4_097 : 150}) {
            scored[0] += agree(document, fields.schema(), fields.rows(size));
          }
        });
    assertThat(scored[0]).isPositive();
  }

  private static ScoringModel load(String document) {
    try {
      return Agrippa.load(
          new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)),
          "random.pmml",
          LoadOptions.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns how many rows are good. */
  private static int agree(String document, Schema schema, List<Map<String, Object>> rows) {
    ScoringModel model = load(document);
    ColumnBatch results = model.score(batch(schema, rows), RowPolicy.NULL);
    Map<Integer, String> problems = new HashMap<>();
    for (RowProblem problem : results.problems()) {
      problems.put(problem.row(), problem.text());
    }
    List<Map<String, Object>> good = new ArrayList<>();
    List<Map<String, Object>> expected = new ArrayList<>();
    Set<Integer> bad = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      try {
        Map<String, Object> record = model.score(rows.get(row));
        assertThat(values(results, row)).as("row %d %s", row, document).isEqualTo(record);
        good.add(rows.get(row));
        expected.add(record);
      } catch (BadRecordException e) {
        bad.add(row);
      }
    }
    assertThat(bad).as(document).isEqualTo(problems.keySet());
    try (BufferAllocator allocator = new RootAllocator();
        BufferAllocator own = allocator.newChildAllocator("results", 0, Long.MAX_VALUE);
        VectorSchemaRoot root = vectors(schema, good, allocator);
        VectorSchemaRoot scored =
            new ArrowScorer(model.reads(), model::operator).score(root, own)) {
      assertThat(scored.getRowCount()).isEqualTo(good.size());
      for (int row = 0; row < good.size(); row++) {
        Map<String, Object> actual = new LinkedHashMap<>();
        for (FieldVector vector : scored.getFieldVectors()) {
          Object value = vector.getObject(row);
          actual.put(vector.getName(), value instanceof Text text ? text.toString() : value);
        }
        assertThat(actual).as("row %d %s", row, document).isEqualTo(expected.get(row));
      }
    }
    return good.size();
  }

  /** The rows as plain arrays. */
  private static ColumnBatch batch(Schema schema, List<Map<String, Object>> rows) {
    ColumnBatch.Builder batch = ColumnBatch.ofRows(rows.size());
    for (Field field : schema.fields()) {
      boolean[] missing = new boolean[rows.size()];
      double[] doubles = new double[rows.size()];
      long[] longs = new long[rows.size()];
      String[] texts = new String[rows.size()];
      for (int row = 0; row < missing.length; row++) {
        Object value = rows.get(row).get(field.name());
        missing[row] = value == null;
        if (value instanceof String text) {
          texts[row] = text;
        } else if (value != null) {
          doubles[row] = Values.number(value);
          longs[row] = (long) doubles[row];
        }
      }
      switch ((Type.Scalar) field.type()) {
        case STRING -> batch.texts(field.name(), texts);
        case FLOAT, DOUBLE -> batch.doubles(field.name(), doubles, missing);
        default -> batch.longs(field, longs, missing);
      }
    }
    return batch.build();
  }

  /** A row of results as a record has them. */
  private static Map<String, Object> values(ColumnBatch batch, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : batch.schema().fields()) {
      String name = field.name();
      Object value =
          switch ((Type.Scalar) field.type()) {
            case STRING -> batch.texts(name)[row];
            case DOUBLE -> batch.doubles(name)[row];
            case FLOAT -> (float) batch.doubles(name)[row];
            case BOOLEAN -> batch.longs(name)[row] != 0;
            case INT -> (int) batch.longs(name)[row];
            default -> throw new AssertionError(field);
          };
      values.put(name, batch.missing(name)[row] ? null : value);
    }
    return values;
  }

  /** The rows as vectors, to be closed by the caller. */
  private static VectorSchemaRoot vectors(
      Schema schema, List<Map<String, Object>> rows, BufferAllocator allocator) {
    List<FieldVector> vectors = new ArrayList<>();
    for (Field field : schema.fields()) {
      String name = field.name();
      FieldVector vector =
          switch ((Type.Scalar) field.type()) {
            case STRING -> new VarCharVector(name, allocator);
            case DOUBLE -> new Float8Vector(name, allocator);
            case FLOAT -> new Float4Vector(name, allocator);
            case BOOLEAN -> new BitVector(name, allocator);
            case INT -> new IntVector(name, allocator);
            default -> throw new AssertionError(field);
          };
      for (int row = 0; row < rows.size(); row++) {
        Object value = rows.get(row).get(name);
        if (value != null) {
          set(vector, row, value);
        }
      }
      vector.setValueCount(rows.size());
      vectors.add(vector);
    }
    return new VectorSchemaRoot(vectors);
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, Values.number(value));
    } else if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, (float) Values.number(value));
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, (int) Values.number(value));
    } else {
      ((IntVector) vector).setSafe(row, (int) Values.number(value));
    }
  }
}
