package io.agrippa.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes the PMML of the benchmarks' models: no more than they need. */
final class PmmlText {
  private final StringBuilder out = new StringBuilder();

  PmmlText(String producer) {
    add("<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\">");
    add("<Header><Application name=\"%s\"/></Header>", producer);
  }

  /** Adds a line; the arguments are numbers or names without special characters. */
  PmmlText add(String format, Object... arguments) {
    out.append(arguments.length == 0 ? format : String.format(Locale.ROOT, format, arguments));
    out.append('\n');
    return this;
  }

  /** Adds text as it is: hundreds of thousands of nodes are not formatted. */
  PmmlText raw(String text) {
    out.append(text);
    return this;
  }

  /** Declares numeric inputs and the target. */
  PmmlText dictionary(int numbers, String type, int texts, int categories, String... labels) {
    add("<DataDictionary>");
    for (int c = 0; c < numbers; c++) {
      add(
          "<DataField name=\"%s\" optype=\"continuous\" dataType=\"%s\"/>",
          Rows.numberName(c), type);
    }
    for (int c = 0; c < texts; c++) {
      add("<DataField name=\"%s\" optype=\"categorical\" dataType=\"string\">", Rows.textName(c));
      for (int k = 0; k < categories; k++) {
        add("<Value value=\"%s\"/>", Rows.category(k));
      }
      add("</DataField>");
    }
    add("<DataField name=\"y\" optype=\"categorical\" dataType=\"string\">");
    for (String label : labels) {
      add("<Value value=\"%s\"/>", label);
    }
    return add("</DataField>").add("</DataDictionary>");
  }

  /** Lists the inputs. */
  PmmlText schema(int numbers, String treatment, int texts, boolean target) {
    add("<MiningSchema>");
    if (target) {
      add("<MiningField name=\"y\" usageType=\"target\"/>");
    }
    for (int c = 0; c < numbers; c++) {
      add("<MiningField name=\"%s\" %s/>", Rows.numberName(c), treatment);
    }
    for (int c = 0; c < texts; c++) {
      add("<MiningField name=\"%s\"/>", Rows.textName(c));
    }
    return add("</MiningSchema>");
  }

  /** Asks for the probabilities of labels. */
  PmmlText probabilities(String... labels) {
    add("<Output>");
    for (String label : labels) {
      add(
          "<OutputField name=\"%s\" optype=\"continuous\" dataType=\"double\""
              + " feature=\"probability\" value=\"%s\"/>",
          probability(label), label);
    }
    return add("</Output>");
  }

  /** The name of the output with the probability of a label. */
  static String probability(String label) {
    return "p_" + label;
  }

  /** The document. */
  byte[] bytes() {
    return (out + "</PMML>\n").getBytes(StandardCharsets.UTF_8);
  }
}
