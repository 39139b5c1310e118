package io.agrippa.engine.compile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The categories of a classification, in an order. A category is one identity whatever type it is
 * written in: {@code 1}, {@code "1"} and {@code 1.0} of an integer target are the same, so texts
 * are compared in the canonical form of the target's type.
 */
final class Labels {
  private final List<String> texts;
  private final Map<String, Integer> indexes = new LinkedHashMap<>();

  /** Categories in canonical text form, distinct. */
  Labels(List<String> texts) {
    this.texts = List.copyOf(texts);
    for (String text : texts) {
      indexes.put(text, indexes.size());
    }
  }

  int size() {
    return texts.size();
  }

  /** The canonical text of a category. */
  String text(int index) {
    return texts.get(index);
  }

  List<String> texts() {
    return texts;
  }

  /** The index of a canonical text, or −1. */
  int indexOf(String text) {
    return indexes.getOrDefault(text, -1);
  }
}
