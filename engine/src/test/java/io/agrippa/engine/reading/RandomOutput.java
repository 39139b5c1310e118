package io.agrippa.engine.reading;

/** Output fields that ask a model for all that it gives. */
final class RandomOutput {
  private RandomOutput() {}

  static String field(String name, String feature, String attributes) {
    return "<OutputField name=\"%s\" feature=\"%s\"%s/>".formatted(name, feature, attributes);
  }

  /** What is made of the prediction of a number, which is "p". */
  static String ofNumber() {
    return "<OutputField name=\"twice\" feature=\"transformedValue\" optype=\"continuous\" dataType=\"double\"><Apply function=\"+\"><FieldRef field=\"p\"/><FieldRef field=\"p\"/></Apply></OutputField>"
        + "<OutputField name=\"large\" feature=\"decision\" optype=\"categorical\" dataType=\"boolean\"><Apply function=\"greaterThan\"><FieldRef field=\"twice\"/><Constant>0.3</Constant></Apply></OutputField>"
        + field("shown", "predictedDisplayValue", "");
  }

  /** What is made of the prediction of a category, which is "p"; and the categories by rank. */
  static String ofCategory() {
    return "<OutputField name=\"none\" feature=\"decision\" optype=\"categorical\" dataType=\"boolean\"><Apply function=\"isMissing\"><FieldRef field=\"p\"/></Apply></OutputField>"
        + field("shown", "predictedDisplayValue", "")
        + field("second", "predictedValue", " rank=\"2\"")
        + field("secondShown", "predictedDisplayValue", " rank=\"2\"")
        + field("pSecond", "probability", " rank=\"2\"")
        + field("ninth", "predictedValue", " rank=\"9\"");
  }

  /** A feature of the winner, of each category, and of one that there is not. */
  static String shares(String feature, String[] labels) {
    StringBuilder xml = new StringBuilder(field(feature, feature, ""));
    for (String label : labels) {
      xml.append(field(feature + label, feature, " value=\"" + label + "\""));
    }
    return xml.append(field(feature + "7", feature, " value=\"7\"")).toString();
  }
}
