package io.agrippa.engine.pmml;

import io.agrippa.engine.model.Document;
import java.nio.charset.StandardCharsets;

/** Documents for tests, built from fragments. */
final class Pmml {
  static final String NAMESPACE = "http://www.dmg.org/PMML-4_4";
  static final String DICTIONARY =
      """
      <DataDictionary>
       <DataField name="x" optype="continuous" dataType="double"/>
       <DataField name="c" optype="categorical" dataType="string"/>
       <DataField name="y" optype="continuous" dataType="double"/>
      </DataDictionary>
      """;
  static final String SCHEMA =
      """
      <MiningSchema>
       <MiningField name="x"/>
       <MiningField name="c"/>
       <MiningField name="y" usageType="target"/>
      </MiningSchema>
      """;

  private Pmml() {}

  /** A document of PMML 4.4 with this in it, behind the header. */
  static String document(String content) {
    return "<PMML xmlns=\""
        + NAMESPACE
        + "\" version=\"4.4\">\n<Header/>\n"
        + content
        + "</PMML>\n";
  }

  /** A document with one regression tree of these nodes. */
  static String tree(String nodes) {
    return document(
        DICTIONARY
            + "<TreeModel functionName=\"regression\">\n"
            + SCHEMA
            + nodes
            + "</TreeModel>\n");
  }

  /** A document with one derived field of this expression, and a model that means nothing. */
  static String derived(String expression) {
    return document(
        DICTIONARY
            + "<TransformationDictionary>\n"
            + "<DerivedField name=\"d\" optype=\"continuous\" dataType=\"double\">\n"
            + expression
            + "</DerivedField>\n</TransformationDictionary>\n"
            + "<TreeModel functionName=\"regression\">"
            + SCHEMA
            + "<Node score=\"1\"><True/></Node></TreeModel>\n");
  }

  static Document read(String text) {
    return PmmlReader.read(text.getBytes(StandardCharsets.UTF_8), "m.pmml");
  }
}
