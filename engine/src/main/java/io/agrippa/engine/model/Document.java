package io.agrippa.engine.model;

import java.util.List;

/**
 * A PMML document.
 *
 * @param place file name or other description of where it came from, for messages
 * @param version PMML version that the namespace names, such as {@code 4.4}
 * @param header who made it, for provenance
 */
public record Document(
    String place,
    String version,
    Header header,
    List<DataField> dataDictionary,
    List<DefineFunction> functions,
    List<DerivedField> derivedFields,
    List<Model> models) {
  public Document {
    dataDictionary = List.copyOf(dataDictionary);
    functions = List.copyOf(functions);
    derivedFields = List.copyOf(derivedFields);
    models = List.copyOf(models);
  }

  /**
   * The Header; null where absent. {@code annotations} are the texts of its Annotation elements.
   */
  public record Header(
      String copyright,
      String description,
      String application,
      String applicationVersion,
      String timestamp,
      List<String> annotations) {
    public Header {
      annotations = List.copyOf(annotations);
    }
  }
}
