package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.Interval;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OutputField;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.TreeModel;
import io.agrippa.engine.model.TreeNodes;
import io.agrippa.engine.model.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PmmlReaderTest {
  private static final String TREE = Pmml.tree("<Node score=\"1\"><True/></Node>\n");

  // ------------------------------------------------------- namespaces, versions

  @ParameterizedTest
  @CsvSource({
    "http://www.dmg.org/PMML-3_0, 3.0",
    "http://www.dmg.org/PMML-3_2, 3.2",
    "http://www.dmg.org/PMML-4_0, 4.0",
    "http://www.dmg.org/PMML-4_4, 4.4",
    "http://www.dmg.org/PMML-4_4_1, 4.4",
    "https://www.dmg.org/PMML-4_3, 4.3"
  })
  void theNamespaceSaysTheVersionWhateverTheAttributeSays(String namespace, String version) {
    String text = TREE.replace(Pmml.NAMESPACE, namespace);
    assertThat(Pmml.read(text).version()).isEqualTo(version);
  }

  @Test
  void withoutNamespaceTheAttributeSaysTheVersion() {
    String text = TREE.replace(" xmlns=\"" + Pmml.NAMESPACE + "\"", "");
    assertThat(Pmml.read(text).version()).isEqualTo("4.4");
    assertThat(Pmml.read(text.replace("\"4.4\"", "\"4.4.1\"")).version()).isEqualTo("4.4");
  }

  @Test
  void anyPrefixWillDo() throws Exception {
    String prefixed = TREE.replaceAll("<(/?)([A-Z])", "<$1p:$2").replace("xmlns=", "xmlns:p=");
    Differences.assertSame(Pmml.read(TREE), Pmml.read(prefixed));
  }

  @Test
  void extensionsAndVendorsNamesArePassedOver() throws Exception {
    String extended =
        TREE.replace(
                "<Header/>",
                "<Header x-by=\"me\"><Extension><Model><a/>t</Model></Extension></Header>")
            .replace(
                "<True/>",
                "<Extension name=\"a\" value=\"b\"/><X-Node><Node/></X-Node><True X-a=\"1\"/>")
            .replace("version=\"4.4\"", "version=\"4.4\" xmlns:o=\"urn:o\" o:schema=\"s\"");
    Differences.assertSame(Pmml.read(TREE), Pmml.read(extended));
  }

  @Test
  void commentsAndInstructionsMeanNothing() throws Exception {
    String commented =
        "<?xml version=\"1.0\"?><!-- a --><?b c?>"
            + TREE.replace("<True/>", "<!-- <False/> --><?d?><True><!-- e --></True>")
            + "<!-- f -->\n";
    Differences.assertSame(Pmml.read(TREE), Pmml.read(commented));
  }

  @Test
  void untilVersion41MapMissingToOfApplyIsTheDefaultValue() {
    String text =
        Pmml.derived("<Apply function=\"abs\" mapMissingTo=\"5\"><FieldRef field=\"x\"/></Apply>");
    var now = (Expression.Apply) Pmml.read(text).derivedFields().get(0).expression();
    assertThat(now.mapMissingTo()).isEqualTo("5");
    assertThat(now.defaultValue()).isNull();
    String old = text.replace("PMML-4_4", "PMML-4_1");
    var then = (Expression.Apply) Pmml.read(old).derivedFields().get(0).expression();
    assertThat(then.mapMissingTo()).isNull();
    assertThat(then.defaultValue()).isEqualTo("5");
  }

  @Test
  void untilVersion31DisplayValueIsCalledRawDataValue() {
    String text =
        TREE.replace(
            "dataType=\"string\"/>",
            "dataType=\"string\"><Value value=\"a\" rawDataValue=\"A\"/></DataField>");
    Document old = Pmml.read(text.replace("PMML-4_4", "PMML-3_1"));
    assertThat(old.dataDictionary().get(1).values())
        .containsExactly(new Value("a", "A", Value.Property.VALID));
    assertThatThrownBy(() -> Pmml.read(text)).hasMessageContaining("rawDataValue");
  }

  @Test
  void untilVersion32ADataFieldWithoutATypeHasThatOfItsOperations() {
    String text =
        TREE.replace("optype=\"continuous\" dataType=\"double\"", "optype=\"continuous\"")
            .replace("optype=\"categorical\" dataType=\"string\"", "optype=\"categorical\"");
    Document old = Pmml.read(text.replace("PMML-4_4", "PMML-3_0"));
    assertThat(old.dataDictionary())
        .extracting(DataField::dataType)
        .containsExactly(DataType.DOUBLE, DataType.STRING, DataType.DOUBLE);
    assertThatThrownBy(() -> Pmml.read(text)).hasMessageContaining("dataType of DataField");
  }

  @Test
  void untilVersion40TheTypeOfAnOutputFieldIsAlsoCalledDatatype() {
    String text =
        TREE.replace(
            "<Node score",
            "<Output><OutputField name=\"p\" optype=\"continuous\" datatype=\"xs:float\"/></Output>"
                + "<Node score");
    Document old = Pmml.read(text.replace("PMML-4_4", "PMML-4_0"));
    assertThat(tree(old).frame().output())
        .extracting(OutputField::dataType)
        .containsExactly(DataType.FLOAT);
    assertThatThrownBy(() -> Pmml.read(text)).hasMessageContaining("datatype of OutputField");
  }

  // ------------------------------------------------------------------ encodings

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE"})
  void encodingsAreTakenFromMarkOrDeclaration(String encoding) {
    String text =
        "<?xml version=\"1.0\" encoding=\""
            + encoding
            + "\"?>\n"
            + TREE.replace("score=\"1\"", "score=\"\u00e4\"");
    Document document = PmmlReader.read(text.getBytes(Charset.forName(encoding)), "m");
    assertThat(tree(document).nodes().scoreText(0)).isEqualTo("\u00e4");
  }

  @Test
  void aByteOrderMarkMayStandBeforeUtf8() {
    Document document = PmmlReader.read(("\ufeff" + TREE).getBytes(StandardCharsets.UTF_8), "m");
    assertThat(document.models()).hasSize(1);
  }

  @Test
  void gzipIsRecognisedByItsFirstBytes() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(TREE.getBytes(StandardCharsets.UTF_8));
    }
    Differences.assertSame(Pmml.read(TREE), PmmlReader.read(bytes.toByteArray(), "m"));
  }

  @Test
  void theStreamStaysOpen() throws IOException {
    boolean[] closed = {false};
    var in =
        new ByteArrayInputStream(TREE.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    PmmlReader.read(in, "m");
    assertThat(closed[0]).isFalse();
  }

  // --------------------------------------------------------------- what is read

  @Test
  void defaultsOfTheSchemaAreFilledIn() {
    Document document =
        Pmml.read(
            Pmml.document(
                Pmml.DICTIONARY
                    + "<MiningModel functionName=\"regression\">"
                    + Pmml.SCHEMA
                    + "<Segmentation multipleModelMethod=\"sum\"><Segment><True/>"
                    + "<TreeModel functionName=\"regression\">"
                    + Pmml.SCHEMA
                    + "<Node score=\"1\"><True/></Node></TreeModel></Segment></Segmentation>"
                    + "</MiningModel>"));
    MiningModel model = (MiningModel) document.models().get(0);
    assertThat(model.missingPredictionTreatment())
        .isEqualTo(MiningModel.MissingPredictionTreatment.CONTINUE);
    assertThat(model.missingThreshold()).isEqualTo(1);
    MiningModel.Segment segment = model.segments().get(0);
    assertThat(segment.id()).isEqualTo("1");
    assertThat(segment.weight()).isEqualTo(1);
    TreeModel tree = (TreeModel) segment.model();
    assertThat(tree.missingValueStrategy()).isEqualTo(TreeModel.MissingValueStrategy.NONE);
    assertThat(tree.missingValuePenalty()).isEqualTo(1);
    assertThat(tree.noTrueChildStrategy())
        .isEqualTo(TreeModel.NoTrueChildStrategy.RETURN_NULL_PREDICTION);
    assertThat(tree.frame().arithmetic()).isEqualTo(ModelFrame.Arithmetic.DOUBLE);
    assertThat(tree.frame().scorable()).isTrue();
    MiningField field = tree.frame().miningSchema().get(0);
    assertThat(field.usageType()).isEqualTo(MiningField.UsageType.ACTIVE);
    assertThat(field.outliers()).isEqualTo(MiningField.OutlierTreatment.AS_IS);
    assertThat(field.missingValueTreatment()).isNull();
    assertThat(field.invalidValueTreatment())
        .isEqualTo(MiningField.InvalidValueTreatment.RETURN_INVALID);
    assertThat(field.lowValue()).isNaN();
  }

  @Test
  void vendorsSpellingsThatArePartOfTheStandardSinceAreUnderstood() {
    Document document =
        Pmml.read(
            Pmml.document(
                Pmml.DICTIONARY
                    + "<MiningModel functionName=\"regression\" x-mathContext=\"float\"><MiningSchema>"
                    + "<MiningField name=\"x\" missingValueTreatment=\"x-returnInvalid\""
                    + " x-invalidValueReplacement=\"7\"/>"
                    + "<MiningField name=\"y\" usageType=\"predicted\"/></MiningSchema>"
                    + "<LocalTransformations>"
                    + "<DerivedField name=\"d\" optype=\"continuous\" dataType=\"double\">"
                    + "<Apply function=\"x-atan2\"><FieldRef field=\"x\"/>"
                    + "<Apply function=\"x-mine\"/></Apply></DerivedField></LocalTransformations>"
                    + "<Segmentation multipleModelMethod=\"x-weightedMedian\""
                    + " x-missingPredictionTreatment=\"skipSegment\" x-missingThreshold=\"0.5\">"
                    + "<Segment><True/><TreeModel functionName=\"regression\">"
                    + Pmml.SCHEMA
                    + "<Node score=\"1\"><True/></Node></TreeModel></Segment></Segmentation>"
                    + "</MiningModel>"));
    MiningModel model = (MiningModel) document.models().get(0);
    assertThat(model.method()).isEqualTo(MiningModel.Method.WEIGHTED_MEDIAN);
    assertThat(model.missingPredictionTreatment())
        .isEqualTo(MiningModel.MissingPredictionTreatment.SKIP_SEGMENT);
    assertThat(model.missingThreshold()).isEqualTo(0.5);
    assertThat(model.frame().arithmetic()).isEqualTo(ModelFrame.Arithmetic.FLOAT);
    MiningField x = model.frame().miningSchema().get(0);
    assertThat(x.missingValueTreatment())
        .isEqualTo(MiningField.MissingValueTreatment.RETURN_INVALID);
    assertThat(x.invalidValueReplacement()).isEqualTo("7");
    assertThat(model.frame().miningSchema().get(1).usageType())
        .isEqualTo(MiningField.UsageType.TARGET);
    var apply = (Expression.Apply) model.frame().localTransformations().get(0).expression();
    assertThat(apply.function()).isEqualTo("atan2");
    assertThat(((Expression.Apply) apply.arguments().get(1)).function()).isEqualTo("x-mine");
  }

  @Test
  void fieldsHaveTheirDomains() {
    Document document =
        Pmml.read(
            TREE.replace(
                "<DataField name=\"x\" optype=\"continuous\" dataType=\"double\"/>",
                "<DataField name=\"x\" displayName=\"X\" optype=\"continuous\""
                    + " dataType=\"dateDaysSince[1960]\" isCyclic=\"1\">"
                    + "<Interval closure=\"openClosed\" leftMargin=\"-1\"/>"
                    + "<Interval closure=\"closedOpen\" leftMargin=\"5\" rightMargin=\"INF\"/>"
                    + "<Value value=\"-9\" property=\"missing\"/></DataField>"));
    DataField x = document.dataDictionary().get(0);
    assertThat(x.displayName()).isEqualTo("X");
    assertThat(x.dataType()).isEqualTo(new DataType(DataType.Kind.DATE_DAYS_SINCE, 1960));
    assertThat(x.cyclic()).isTrue();
    assertThat(x.intervals())
        .containsExactly(
            new Interval(-1, true, Double.POSITIVE_INFINITY, false),
            new Interval(5, false, Double.POSITIVE_INFINITY, true));
    assertThat(x.values()).containsExactly(new Value("-9", null, Value.Property.MISSING));
    assertThat(x.line()).isEqualTo(4);
  }

  @Test
  void tablesHaveCellsOfAnyPrefixAndColumnsAreNamedWithoutIt() {
    var map =
        (Expression.MapValues)
            Pmml.read(
                    Pmml.derived(
                        "<MapValues outputColumn=\"data:out\" dataType=\"integer\">"
                            + "<FieldColumnPair field=\"x\" column=\"data:in\"/>"
                            + "<InlineTable xmlns:data=\"urn:d\">"
                            + "<row><data:in>a</data:in> <data:out>1</data:out></row>"
                            + "<row><in xmlns=\"\">b</in><Extension>e</Extension></row>"
                            + "<row><x-y>&lt;<![CDATA[ & ]]>&#65;</x-y></row>"
                            + "</InlineTable></MapValues>"))
                .derivedFields()
                .get(0)
                .expression();
    assertThat(map.outputColumn()).isEqualTo("out");
    assertThat(map.inputs().get(0).column()).isEqualTo("in");
    assertThat(map.table().columns()).containsExactly("in", "out", "Extension", "x-y");
    assertThat(map.table().rows())
        .containsExactly(
            new String[] {"a", "1", null, null},
            new String[] {"b", null, "e", null},
            new String[] {null, null, null, "< & A"});
  }

  @Test
  void constantsKeepTheirTextAndLoseBlanksAroundNumbers() {
    assertThat(constant("<Constant> a </Constant>")).isEqualTo(" a ");
    assertThat(constant("<Constant dataType=\"string\"> </Constant>")).isEqualTo(" ");
    assertThat(constant("<Constant dataType=\"double\">\n 1.50 </Constant>")).isEqualTo("1.50");
    assertThat(constant("<Constant missing=\"true\"/>")).isEmpty();
  }

  private static String constant(String xml) {
    var expression = Pmml.read(Pmml.derived(xml)).derivedFields().get(0).expression();
    return ((Expression.Constant) expression).value();
  }

  @Test
  void nodesAreReadInDocumentOrderWithAllTheyHave() {
    TreeNodes nodes =
        tree(Pmml.read(
                Pmml.tree(
                    """
                        <Node id="r" score="a" recordCount="10" defaultChild="q"><True/>
                         <ScoreDistribution value="a" recordCount="6" confidence="0.6"/>
                         <ScoreDistribution value="b" recordCount="4" probability="0.4"/>
                         <Node id="p"><SimplePredicate field="x" operator="lessThan" value="0.10"/>
                          <Node id="s" score="1"><False/></Node>
                         </Node>
                         <Node id="q"><CompoundPredicate booleanOperator="surrogate">
                           <SimplePredicate field="c" operator="isMissing"/>
                           <SimpleSetPredicate field="c" booleanOperator="isNotIn">
                            <Array n="2" type="string">"a b" c</Array></SimpleSetPredicate>
                          </CompoundPredicate></Node>
                        </Node>
                        """)))
            .nodes();
    assertThat(nodes.size()).isEqualTo(4);
    assertThat(nodes.end(0)).isEqualTo(4);
    assertThat(nodes.end(1)).isEqualTo(3);
    assertThat(nodes.isLeaf(2)).isTrue();
    assertThat(nodes.defaultChild(0)).isEqualTo(3);
    assertThat(nodes.defaultChild(1)).isEqualTo(-1);
    assertThat(nodes.recordCount(0)).isEqualTo(10);
    assertThat(nodes.recordCount(1)).isNaN();
    assertThat(nodes.valueText(1)).isEqualTo("0.10");
    assertThat(nodes.valueNumber(1)).isEqualTo(0.1);
    assertThat(nodes.test(2)).isEqualTo(TreeNodes.Test.FALSE);
    assertThat(nodes.labels()).containsExactly("a", "b");
    assertThat(nodes.distributionStart(1)).isEqualTo(2);
    assertThat(nodes.distributionCount(1)).isEqualTo(4);
    assertThat(nodes.distributionProbability(0)).isNaN();
    assertThat(nodes.distributionProbability(1)).isEqualTo(0.4);
    assertThat(nodes.distributionConfidence(0)).isEqualTo(0.6);
    assertThat(nodes.predicate(3))
        .isInstanceOfSatisfying(
            Predicate.Compound.class,
            compound -> {
              assertThat(compound.connective()).isEqualTo(Predicate.Connective.SURROGATE);
              var set = (Predicate.SimpleSet) compound.predicates().get(1);
              assertThat(set.values()).containsExactly("a b", "c");
            });
    assertThat(nodes.line(0)).isEqualTo(14);
    assertThat(nodes.line(1)).isEqualTo(17);
  }

  // --------------------------------------------------------------------- limits

  @Test
  void deepTreesAreReadWhateverTheStack() {
    int depth = 100_000;
    String nodes =
        "<Node><True/>".repeat(depth)
            + "<ScoreDistribution value=\"a\"/>"
            + "</Node>".repeat(depth);
    Document document = Pmml.read(Pmml.tree(nodes));
    assertThat(tree(document).nodes().size()).isEqualTo(depth);
    Document again = PmmlReader.read(PmmlWriter.bytes(document), "again");
    assertThat(tree(again).nodes().size()).isEqualTo(depth);
    assertThat(tree(again).nodes().end(depth / 2)).isEqualTo(depth);
  }

  @Test
  void wideElementsLongNamesAndLongTextsAreRead() {
    StringBuilder attributes = new StringBuilder();
    for (int i = 0; i < 900; i++) {
      attributes.append(" x-").append(i).append("=\"1\"");
    }
    String name = "c" + "o".repeat(3_000);
    String cell = "v".repeat(1_000_000);
    var map =
        (Expression.MapValues)
            Pmml.read(
                    Pmml.derived(
                        "<MapValues outputColumn=\"o\""
                            + attributes
                            + "><InlineTable><row><"
                            + name
                            + ">"
                            + cell
                            + "</"
                            + name
                            + "></row></InlineTable></MapValues>"))
                .derivedFields()
                .get(0)
                .expression();
    assertThat(map.table().columns()).containsExactly(name);
    assertThat(map.table().rows().get(0)).containsExactly(cell);
  }

  @Test
  void whatIsReadByRecursionHasALimitOfItsOwn() {
    assertThat(Pmml.read(nested(500)).derivedFields()).hasSize(1);
    assertThatThrownBy(() -> Pmml.read(nested(501)))
        .isInstanceOf(PmmlException.class)
        .hasMessageContaining("within each other; raise ReadLimits.nesting");
    String compounds = "<CompoundPredicate booleanOperator=\"and\"><True/>";
    assertThatThrownBy(() -> Pmml.read(Pmml.tree("<Node>" + compounds.repeat(501))))
        .isInstanceOf(PmmlException.class)
        .hasMessageContaining("raise ReadLimits.nesting");
    String models =
        "<MiningModel functionName=\"regression\"><Segmentation multipleModelMethod=\"sum\"><Segment>";
    assertThatThrownBy(() -> Pmml.read(Pmml.document(Pmml.DICTIONARY + models.repeat(501))))
        .isInstanceOf(PmmlException.class)
        .hasMessageContaining("raise ReadLimits.nesting");
  }

  private static String nested(int depth) {
    return Pmml.derived(
        "<Apply function=\"abs\">".repeat(depth)
            + "<Constant>1</Constant>"
            + "</Apply>".repeat(depth));
  }

  private static TreeModel tree(Document document) {
    return (TreeModel) document.models().get(0);
  }
}
