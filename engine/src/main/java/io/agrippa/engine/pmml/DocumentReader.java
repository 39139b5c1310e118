package io.agrippa.engine.pmml;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DefineFunction;
import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Model;
import java.util.ArrayList;
import java.util.List;

/** Reads a whole document. */
final class DocumentReader {
  private final Cursor cursor;
  private final FieldReader fields;
  private final ModelReader models;

  DocumentReader(Cursor cursor) {
    this.cursor = cursor;
    ExpressionReader expressions = new ExpressionReader(cursor);
    fields = new FieldReader(cursor, expressions);
    models = new ModelReader(cursor, expressions, fields);
  }

  Document read() {
    cursor.root();
    int line = cursor.line();
    Document.Header header = null;
    List<DataField> dataDictionary = null;
    List<DefineFunction> functions = new ArrayList<>();
    List<DerivedField> derivedFields = new ArrayList<>();
    List<Model> found = new ArrayList<>();
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "Header" -> header = cursor.part(this::header, null);
        case "MiningBuildTask" -> cursor.skip();
        case "DataDictionary" -> dataDictionary = fields.dataDictionary();
        case "TransformationDictionary" ->
            fields.transformationDictionary(functions, derivedFields);
        default -> {
          if (ModelReader.reads(cursor.name())) {
            Model model = cursor.part(models::read, null);
            if (model != null) {
              found.add(model);
            }
          } else {
            cursor.refuse();
          }
        }
      }
    }
    cursor.finish();
    if (dataDictionary == null) {
      cursor.complain("element PMML", cursor.error(line, "PMML has no DataDictionary; add it"));
      dataDictionary = List.of();
    }
    return new Document(
        cursor.place(), cursor.version(), header, dataDictionary, functions, derivedFields, found);
  }

  /** The Header, which stands before everything else, or null. */
  Document.Header readHeader() {
    cursor.root();
    return cursor.nextChild() && cursor.name().equals("Header") ? header() : null;
  }

  private Document.Header header() {
    String copyright = cursor.optional("copyright");
    String description = cursor.optional("description");
    cursor.ignore("modelVersion");
    String application = null;
    String applicationVersion = null;
    String timestamp = null;
    List<String> annotations = new ArrayList<>();
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "Application" -> {
          application = cursor.required("name");
          applicationVersion = cursor.optional("version");
          cursor.end();
        }
        case "Annotation" -> annotations.add(cursor.text());
        case "Timestamp" -> timestamp = cursor.text();
        default -> throw cursor.unexpected();
      }
    }
    return new Document.Header(
        copyright, description, application, applicationVersion, timestamp, annotations);
  }
}
