package io.agrippa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.agrippa.engine.arrow.ArrowScorer;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.run.RowPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrow's vectors give what their rows give as plain arrays; what is not closed fails the test. */
class ArrowScorerTest {
  private static final String LINEAR =
      """
      <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4"><Header/>
      <DataDictionary>
        <DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="c" optype="categorical" dataType="string">
          <Value value="a"/><Value value="ü"/></DataField>
        <DataField name="y" optype="continuous" dataType="double"/>
      </DataDictionary>
      <RegressionModel modelName="m" functionName="regression">
        <MiningSchema><MiningField name="y" usageType="target"/><MiningField name="x"/>
          <MiningField name="c"/></MiningSchema>
        <RegressionTable intercept="1"><NumericPredictor name="x" coefficient="2"/>
          <CategoricalPredictor name="c" value="ü" coefficient="10"/></RegressionTable>
      </RegressionModel></PMML>
      """;

  private final BufferAllocator allocator = new RootAllocator();
  private BufferAllocator results;

  @BeforeEach
  void open() {
    results = allocator.newChildAllocator("results", 0, Long.MAX_VALUE);
  }

  @AfterEach
  void nothingIsLeftBehind() {
    results.close();
    allocator.close();
  }

  private static ScoringModel linear() throws IOException {
    return Agrippa.load(
        new ByteArrayInputStream(LINEAR.getBytes(StandardCharsets.UTF_8)),
        "linear.pmml",
        LoadOptions.DEFAULT.renaming("x", "width"));
  }

  private VarCharVector texts(String name, String... values) {
    VarCharVector vector = new VarCharVector(name, allocator);
    for (int row = 0; row < values.length; row++) {
      if (values[row] != null) {
        vector.setSafe(row, values[row].getBytes(StandardCharsets.UTF_8));
      }
    }
    vector.setValueCount(values.length);
    return vector;
  }

  /** The mean needs rows of blocks that are not scored yet. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4_095, 4_096, 4_097, 9_000})
  void rowsMayLookAtAllRowsOfTheVectors(int rows) throws IOException {
    String mean =
        LINEAR
            .replace(
                "<RegressionTable",
                "<LocalTransformations><DerivedField name=\"mean\" optype=\"continuous\" dataType=\"double\"><Aggregate field=\"x\" function=\"average\"/></DerivedField></LocalTransformations><RegressionTable")
            .replace("<NumericPredictor name=\"x\"", "<NumericPredictor name=\"mean\"");
    ScoringModel model =
        Agrippa.load(
            new ByteArrayInputStream(mean.getBytes(StandardCharsets.UTF_8)),
            "mean.pmml",
            LoadOptions.DEFAULT.renaming("x", "width"));
    Float8Vector width = new Float8Vector("width", allocator);
    for (int row = 0; row < rows; row++) {
      width.setSafe(row, row);
    }
    width.setValueCount(rows);
    String[] colours = new String[rows];
    Arrays.fill(colours, "a");
    ArrowScorer scorer = new ArrowScorer(model.reads(), model::operator);
    try (VectorSchemaRoot root =
            new VectorSchemaRoot(List.<FieldVector>of(width, texts("c", colours)));
        VectorSchemaRoot scored = scorer.score(root, results)) {
      for (int row = 0; row < rows; row++) {
        assertThat(scored.getVector("y").getObject(row)).isEqualTo(1 + 2 * ((rows - 1) / 2.0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_095, 4_096, 4_097, 9_000})
  void vectorsGiveTheBitsOfPlainArrays(int rows) throws IOException {
    ScoringModel model =
        Agrippa.load(
            Path.of(
                System.getProperty("agrippa.root", ".."),
                "models/src/main/resources/io/agrippa/models/zoo/credit-risk.pmml"));
    ColumnBatch batch = RandomRecords.batch(model, RandomRecords.of(model, rows, rows));
    List<FieldVector> vectors = new ArrayList<>();
    List<Integer> good = new ArrayList<>();
    ColumnBatch expected = model.score(batch, RowPolicy.NULL);
    List<Integer> bad = expected.problems().stream().map(problem -> problem.row()).toList();
    for (int row = 0; row < rows; row++) {
      if (!bad.contains(row)) {
        good.add(row);
      }
    }
    for (String name : batch.schema().names()) {
      boolean[] missing = batch.missing(name);
      if (batch.schema().field(batch.schema().indexOf(name)).type() == Type.Scalar.STRING) {
        vectors.add(
            texts(name, good.stream().map(row -> batch.texts(name)[row]).toArray(String[]::new)));
      } else {
        Float8Vector vector = new Float8Vector(name, allocator);
        for (int i = 0; i < good.size(); i++) {
          if (!missing[good.get(i)]) {
            vector.setSafe(i, batch.doubles(name)[good.get(i)]);
          }
        }
        vector.setValueCount(good.size());
        vectors.add(vector);
      }
    }
    ArrowScorer scorer = new ArrowScorer(model.reads(), model::operator);
    try (VectorSchemaRoot root = new VectorSchemaRoot(vectors);
        VectorSchemaRoot scored = scorer.score(root, results)) {
      assertThat(scored.getRowCount()).isEqualTo(good.size());
      for (int i = 0; i < good.size(); i++) {
        Map<String, Object> actual = new LinkedHashMap<>();
        Map<String, Object> wanted = new LinkedHashMap<>();
        for (FieldVector vector : scored.getFieldVectors()) {
          String name = vector.getName();
          Object value = vector.getObject(i);
          actual.put(name, vector instanceof VarCharVector ? Objects.toString(value, null) : value);
          wanted.put(
              name,
              expected.missing(name)[good.get(i)]
                  ? null
                  : vector instanceof VarCharVector
                      ? (Object) expected.texts(name)[good.get(i)]
                      : (Object) expected.doubles(name)[good.get(i)]);
        }
        assertThat(actual).as("row %d", i).isEqualTo(wanted);
      }
    }
  }

  @Test
  void codesOfADictionaryAreReadAsTheirTexts() throws IOException {
    DictionaryEncoding encoding = new DictionaryEncoding(3, false, null);
    IntVector codes =
        new IntVector("c", new FieldType(true, new ArrowType.Int(32, true), encoding), allocator);
    codes.setSafe(0, 1);
    codes.setSafe(1, 0);
    codes.setNull(2);
    codes.setValueCount(3);
    IntVector width = new IntVector("width", allocator);
    for (int row = 0; row < 3; row++) {
      width.setSafe(row, row);
    }
    width.setValueCount(3);
    ScoringModel model = linear();
    ArrowScorer scorer = new ArrowScorer(model.reads(), model::operator);
    try (VarCharVector entries = texts("entries", "a", "ü");
        VectorSchemaRoot root = VectorSchemaRoot.of(codes, width)) {
      DictionaryProvider dictionaries =
          new DictionaryProvider.MapDictionaryProvider(new Dictionary(entries, encoding));
      try (VectorSchemaRoot scored = scorer.score(root, dictionaries, results)) {
        Float8Vector y = (Float8Vector) scored.getVector("y");
        assertThat(y.get(0)).isEqualTo(11.0);
        assertThat(y.get(1)).isEqualTo(3.0);
        // A CategoricalPredictor of a missing value counts as 0.
        assertThat(y.get(2)).isEqualTo(5.0);
      }
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scorer.score(root, results))
          .withMessageContaining("codes of the dictionary 3, which is not given");
      codes.set(1, 7);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scorer.score(root, dictionaries, results))
          .withMessage("vector \"c\": code 7 of a dictionary of 2");
    }
  }

  @Test
  void aBadRowIsNamedAndNothingIsLeft() throws IOException {
    ScoringModel model = linear();
    ArrowScorer scorer = new ArrowScorer(model.reads(), model::operator);
    try (VectorSchemaRoot root =
        VectorSchemaRoot.of(texts("width", "1", "2", "wide"), texts("c", "a", "a", "a"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scorer.score(root, results))
          .withMessageStartingWith("row 2 (counted from 0): field \"width\" is \"wide\"");
    }
    try (VectorSchemaRoot root = VectorSchemaRoot.of(texts("c", "a"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> scorer.score(root, results))
          .withMessageContaining("no column \"width\"");
    }
    assertThat(results.getAllocatedMemory()).isZero();
  }
}
