package io.agrippa.engine.compile;

import io.agrippa.engine.model.Model;
import io.agrippa.engine.pmml.PmmlReader;
import java.nio.charset.StandardCharsets;

/** Model elements out of PMML text. */
final class Pmml {
  private Pmml() {}

  /** The model of a document that has no more than this element; a MiningSchema is put in. */
  static Model model(String element) {
    int end = element.indexOf('>') + 1;
    String text =
        """
        <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
        <Header/><DataDictionary><DataField name="y" optype="continuous" dataType="double"/></DataDictionary>
        """
            + element.substring(0, end)
            + "<MiningSchema><MiningField name=\"y\" usageType=\"target\"/></MiningSchema>"
            + element.substring(end)
            + "</PMML>";
    return PmmlReader.read(text.getBytes(StandardCharsets.UTF_8), "test.pmml").models().get(0);
  }
}
