package io.agrippa.datasets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the catalogue: {@code catalogue.json} with the names, and one file a dataset, all resources
 * of this package.
 */
final class CatalogueReader {
  private final ObjectMapper json = new ObjectMapper();

  List<String> names() {
    List<String> names = new ArrayList<>();
    read("catalogue.json").forEach(n -> names.add(n.textValue()));
    return names;
  }

  Dataset dataset(String name) {
    JsonNode node = read(name + ".json");
    JsonNode source = node.required("source");
    JsonNode licence = node.required("licence");
    List<Variable> dictionary = new ArrayList<>();
    node.required("columns").forEach(c -> dictionary.add(variable(c)));
    return new Dataset(
        text(node, "name"),
        text(node, "title"),
        text(node, "description"),
        text(node, "file"),
        format(text(node, "format")),
        node.required("rows").longValue(),
        node.required("bytes").longValue(),
        text(node, "sha256"),
        text(node, "target"),
        new Source(
            text(source, "title"),
            text(source, "url"),
            text(source, "package"),
            text(source, "citation")),
        new Licence(
            text(licence, "id"),
            text(licence, "name"),
            text(licence, "url"),
            text(licence, "notice")),
        dictionary);
  }

  private static Variable variable(JsonNode node) {
    return new Variable(
        text(node, "name"),
        type(text(node, "type")),
        text(node, "meaning"),
        node.path("unit").asText(""),
        node.required("missing").longValue(),
        domain(node));
  }

  private static Domain domain(JsonNode node) {
    if (node.has("distinct")) {
      return new Domain.Identifiers(node.required("distinct").longValue());
    }
    if (node.has("categories")) {
      List<Domain.Category> categories = new ArrayList<>();
      for (JsonNode c : node.required("categories")) {
        categories.add(
            new Domain.Category(
                text(c, "value"), c.path("meaning").asText(""), c.required("count").longValue()));
      }
      boolean ordered = node.required("ordered").booleanValue();
      return new Domain.Categories(
          ordered ? Domain.Order.ORDINAL : Domain.Order.NOMINAL, categories);
    }
    return new Domain.Range(text(node, "least"), text(node, "greatest"));
  }

  private static Format format(String text) {
    return switch (text) {
      case "csv" -> Format.CSV;
      case "parquet" -> Format.PARQUET;
      case "arrow" -> Format.ARROW;
      default -> throw new IllegalStateException("the catalogue has the unknown format " + text);
    };
  }

  private static Type type(String text) {
    return switch (text) {
      case "short" -> Type.Scalar.SHORT;
      case "int" -> Type.Scalar.INT;
      case "long" -> Type.Scalar.LONG;
      case "float" -> Type.Scalar.FLOAT;
      case "double" -> Type.Scalar.DOUBLE;
      case "string" -> Type.Scalar.STRING;
      case "timestamp(micros)" -> new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL);
      default -> throw new IllegalStateException("the catalogue has the unknown type " + text);
    };
  }

  private static String text(JsonNode node, String name) {
    String text = node.required(name).textValue();
    if (text == null) {
      throw new IllegalStateException("the catalogue has a " + name + " that is no text: " + node);
    }
    return text;
  }

  private JsonNode read(String resource) {
    try (InputStream in = CatalogueReader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the catalogue lacks " + resource);
      }
      return json.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the catalogue's " + resource + " cannot be read", e);
    }
  }
}
