package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong is said with place, line, problem and remedy. */
final class BadDocumentTest {
  private static final String NODE = "<Node score=\"1\"><True/></Node>\n";

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void theErrorSaysPlaceLineProblemAndRemedy(String name, String text, String message) {
    assertThatThrownBy(() -> Pmml.read(text))
        .isInstanceOf(PmmlException.class)
        .hasMessageStartingWith("m.pmml:" + message)
        .hasMessageContaining("; ");
  }

  static Stream<Arguments> theErrorSaysPlaceLineProblemAndRemedy() {
    return Stream.of(
        // not PMML
        arguments("empty", "", " the document is empty; give"),
        arguments("blank", " \n \n", "3: XML is malformed or truncated: "),
        arguments("text", "hello", "1: this is not XML; give"),
        arguments("JSON", "{\"a\": 1}", "1: this is not XML; give"),
        arguments(
            "other XML", "<?xml version='1.0'?>\n<html/>", "2: this is not PMML but <html>; "),
        arguments(
            "other namespace",
            "<PMML xmlns=\"urn:x\" version=\"4.4\"/>",
            "1: this is not PMML but <PMML xmlns=\"urn:x\">; "),
        arguments(
            "unknown version",
            "<PMML xmlns=\"http://www.dmg.org/PMML-4_5\" version=\"4.5\"/>",
            "1: PMML version 4.5 is unknown; 3.0 to 4.4 are read"),
        arguments(
            "too old",
            "<PMML xmlns=\"http://www.dmg.org/PMML-2_1\"/>",
            "1: PMML version 2.1 is unknown; "),
        arguments(
            "absurd version",
            "<PMML xmlns=\"http://www.dmg.org/PMML-99999999999_1\"/>",
            "1: PMML version 99999999999.1 is unknown; "),
        arguments("no version", "<PMML/>", "1: PMML has neither a namespace nor a version; "),
        arguments(
            "mixed versions",
            Pmml.document("<DataDictionary xmlns=\"http://www.dmg.org/PMML-4_3\"/>"),
            "3: element DataDictionary is of namespace http://www.dmg.org/PMML-4_3, "),
        arguments("no dictionary", Pmml.document(""), "1: PMML has no DataDictionary; add it"),
        // malformed
        arguments(
            "truncated", Pmml.tree(NODE).substring(0, 300), "8: XML is malformed or truncated: "),
        arguments("crossed tags", Pmml.document("<A></B>"), "3: element A is unknown"),
        arguments(
            "unquoted",
            Pmml.document("<DataDictionary a=b/>"),
            "3: XML is malformed or truncated: "),
        arguments(
            "unknown entity",
            Pmml.tree("<Node score=\"&foo;\"><True/></Node>"),
            "14: XML is malformed or truncated: "),
        arguments(
            "after the end", Pmml.tree(NODE) + "<More/>", "17: XML is malformed or truncated: "),
        arguments(
            "DOCTYPE",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE PMML>\n" + Pmml.tree(NODE),
            "2: a document type or other declaration is not read; remove <!D"),
        arguments(
            "entity bomb",
            """
            <!DOCTYPE PMML [
            <!ENTITY a "aaaaaaaaaa">
            <!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
            ]>
            """
                + Pmml.tree("<Node score=\"&b;\"><True/></Node>"),
            "1: a document type or other declaration is not read; remove"),
        // elements and attributes
        arguments(
            "unknown element",
            Pmml.tree("<Knot/>"),
            "14: element Knot is unknown or may not stand here; remove it"),
        arguments(
            "misplaced element",
            Pmml.document("<Node/>"),
            "3: element Node is unknown or may not stand here; "),
        arguments(
            "unsupported model",
            Pmml.document(Pmml.DICTIONARY + "<NeuralNetwork functionName=\"regression\"/>"),
            "8: NeuralNetwork is not supported yet; supported are TreeModel, "),
        arguments(
            "embedded tree",
            Pmml.tree("<Node><True/><DecisionTree functionName=\"regression\"/></Node>"),
            "14: DecisionTree has no Node; add it"),
        arguments(
            "table elsewhere",
            Pmml.derived("<MapValues outputColumn=\"o\"><TableLocator/></MapValues>"),
            "10: TableLocator is not supported yet; "),
        arguments(
            "unknown attribute",
            Pmml.tree("<Node scor=\"1\"><True/></Node>"),
            "14: attribute scor of Node is unknown; remove it, or start its name with x-"),
        arguments(
            "missing attribute",
            Pmml.tree("<Node><SimplePredicate operator=\"equal\" value=\"1\"/></Node>"),
            "14: attribute field of SimplePredicate is missing; add it"),
        arguments(
            "missing value",
            Pmml.tree("<Node><SimplePredicate field=\"x\" operator=\"equal\"/></Node>"),
            "14: attribute value of SimplePredicate is missing; add it"),
        arguments(
            "bad word",
            Pmml.tree("<Node><SimplePredicate field=\"x\" operator=\"==\" value=\"1\"/></Node>"),
            "14: attribute operator of SimplePredicate is \"==\"; it must be one of equal, notEqual, "),
        arguments(
            "bad type",
            Pmml.document(
                "<DataDictionary><DataField name=\"x\" optype=\"continuous\" dataType=\"long\"/>"),
            "3: attribute dataType of DataField is \"long\"; it must be a type of PMML"),
        arguments(
            "bad feature",
            Pmml.document(
                Pmml.DICTIONARY
                    + "<TreeModel functionName=\"regression\"><Output>"
                    + "<OutputField name=\"o\" feature=\"magic\"/>"),
            "8: attribute feature of OutputField is \"magic\"; it must be one of "),
        arguments(
            "bad truth",
            Pmml.document("<TreeModel functionName=\"regression\" isScorable=\"maybe\"/>"),
            "3: attribute isScorable of TreeModel is \"maybe\"; it must be true or false"),
        arguments(
            "bad number",
            Pmml.tree("<Node recordCount=\"many\"><True/></Node>"),
            "14: attribute recordCount of Node is \"many\"; it must be a number"),
        arguments(
            "Java's number",
            Pmml.tree("<Node recordCount=\"0x1p3\"><True/></Node>"),
            "14: attribute recordCount of Node is \"0x1p3\"; it must be a number"),
        arguments(
            "bad whole number",
            Pmml.derived("<Lag field=\"x\" n=\"1.5\"/>"),
            "10: attribute n of Lag is \"1.5\"; it must be a whole number"),
        arguments(
            "long text is cut",
            Pmml.tree("<Node recordCount=\"" + "9".repeat(1000) + "x\"><True/></Node>"),
            "14: attribute recordCount of Node is \"" + "9".repeat(60) + "…\"; it must be"),
        arguments(
            "text between elements",
            Pmml.tree("oops" + NODE),
            "14: text \"oops\" stands where only elements may; remove it"),
        // arrays and tables
        arguments(
            "n and elements",
            Pmml.tree(set("<Array n=\"3\" type=\"string\">a b</Array>")),
            "14: Array has n=\"3\" but 2 elements; make them agree"),
        arguments(
            "open quote",
            Pmml.tree(set("<Array type=\"string\">a \"b</Array>")),
            "14: in an Array a quote is never closed; add"),
        arguments(
            "text in numbers",
            Pmml.tree(set("<Array type=\"int\">1 two</Array>")),
            "14: element \"two\" of an Array is no number; correct it"),
        arguments(
            "unknown kind of array",
            Pmml.tree(set("<Array type=\"date\">1</Array>")),
            "14: attribute type of Array is \"date\"; it must be one of int, real, string"),
        arguments("no array", Pmml.tree(set("")), "14: SimpleSetPredicate has no Array; add it"),
        arguments(
            "two cells",
            Pmml.derived(
                "<MapValues outputColumn=\"o\"><InlineTable>"
                    + "<row><a>1</a><a>2</a></row></InlineTable></MapValues>"),
            "10: a row has two cells of column a; remove one"),
        // structure
        arguments(
            "default child",
            Pmml.tree(
                "<Node id=\"1\" defaultChild=\"3\"><True/>\n<Node id=\"2\"><True/></Node>\n</Node>"),
            "14: defaultChild \"3\" is not the id of a child of this node; name one of them"),
        arguments(
            "node without predicate",
            Pmml.tree("<Node score=\"1\"/>"),
            "14: Node has no predicate; add one"),
        arguments(
            "predicate behind child",
            Pmml.tree("<Node>\n<Node><True/></Node><True/></Node>"),
            "15: Node stands before the predicate of its Node; "),
        arguments(
            "distribution behind child",
            Pmml.tree("<Node><True/><Node><True/></Node>\n<ScoreDistribution value=\"a\"/></Node>"),
            "15: ScoreDistribution stands behind a child of its Node; "),
        arguments("tree without nodes", Pmml.tree(""), "8: TreeModel has no Node; add it"),
        arguments(
            "compound of one",
            Pmml.tree(
                "<Node><CompoundPredicate booleanOperator=\"and\"><True/></CompoundPredicate></Node>"),
            "14: CompoundPredicate has 1 predicates; it needs at least two"),
        arguments(
            "no expression", Pmml.derived(""), "9: DerivedField \"d\" has no expression; add it"),
        arguments(
            "two expressions",
            Pmml.derived("<FieldRef field=\"x\"/>\n<FieldRef field=\"x\"/>"),
            "11: element FieldRef is unknown or may not stand here; "),
        arguments(
            "no schema",
            Pmml.document(
                Pmml.DICTIONARY
                    + "<TreeModel functionName=\"regression\">"
                    + NODE
                    + "</TreeModel>"),
            "8: TreeModel has no MiningSchema; add it"),
        arguments(
            "no segmentation",
            Pmml.document(
                Pmml.DICTIONARY
                    + "<MiningModel functionName=\"regression\">"
                    + Pmml.SCHEMA
                    + "</MiningModel>"),
            "8: MiningModel has no Segmentation; add it"),
        arguments(
            "empty segment",
            Pmml.document(
                Pmml.DICTIONARY
                    + "<MiningModel functionName=\"regression\">"
                    + "<Segmentation multipleModelMethod=\"sum\">\n<Segment/>"),
            "9: Segment has no predicate; add one"),
        arguments(
            "rows of a verification",
            Pmml.document(
                "<TreeModel functionName=\"regression\"><ModelVerification recordCount=\"2\">"
                    + "<VerificationFields><VerificationField field=\"x\"/></VerificationFields>"
                    + "<InlineTable><row><x>1</x></row></InlineTable></ModelVerification>"),
            "3: ModelVerification has recordCount=\"2\" but 1 rows; make them agree"));
  }

  private static String set(String array) {
    return "<Node><SimpleSetPredicate field=\"c\" booleanOperator=\"isIn\">"
        + array
        + "</SimpleSetPredicate></Node>";
  }

  @Test
  void theExceptionCarriesPlaceAndLine() {
    assertThatThrownBy(() -> Pmml.read(Pmml.tree("<Knot/>")))
        .isInstanceOfSatisfying(
            PmmlException.class,
            e -> {
              assertThat(e.place()).isEqualTo("m.pmml");
              assertThat(e.line()).isEqualTo(14);
            });
  }

  @Test
  void bytesThatAreNotOfTheEncodingAreAnError() {
    byte[] bytes = Pmml.tree(NODE.replace("1", "\u00fc")).getBytes(StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> PmmlReader.read(bytes, "m.pmml"))
        .isInstanceOf(PmmlException.class)
        .hasMessageContaining("not of the document's encoding; save it as UTF-8");
  }

  @Test
  void anUnknownEncodingIsAnError() {
    assertThatThrownBy(() -> Pmml.read("<?xml version=\"1.0\" encoding=\"klingon\"?><PMML/>"))
        .hasMessage("m.pmml:1: encoding \"klingon\" is unknown; save the document as UTF-8");
    assertThatThrownBy(() -> Pmml.read("<?xml version=\"1.0\" encoding=\"UTF-16\"?><PMML/>"))
        .hasMessageStartingWith(
            "m.pmml:1: encoding \"UTF-16\" is declared but the bytes are not of it; ");
  }

  @Test
  void damagedGzipIsAnError() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(Pmml.tree(NODE).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    for (int length = 3; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> PmmlReader.read(part, "m.pmml.gz"))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(PmmlException.class);
    }
  }

  @Test
  void aFailingStreamIsAnIoExceptionNotABadDocument() {
    String start = Pmml.tree(NODE).substring(0, 200);
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream((start + " ".repeat(5000)).getBytes(StandardCharsets.UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the disk is gone");
              }

              @Override
              public int read(byte[] bytes, int offset, int length) throws IOException {
                return read();
              }
            });
    assertThatThrownBy(() -> PmmlReader.read(broken, "m.pmml"))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
  }
}
