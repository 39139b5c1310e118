package io.agrippa.engine.reading;

/** Output fields that ask a model for all that it gives. */
final class RandomOutput {
  private RandomOutput() {}

  static String field(String name, String feature, String attributes) {
    return "<OutputField name=\"%s\" feature=\"%s\"%s/>".formatted(name, feature, attributes);
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
