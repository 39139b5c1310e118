package io.agrippa.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/** Writes JSON of maps, lists, texts and numbers. */
final class Json {
  private Json() {}

  /** On one line. */
  static String text(Object value) throws IOException {
    return new ObjectMapper().writeValueAsString(value);
  }

  /** A number; nothing where it is none, and infinities as texts, which JSON has no numbers for. */
  static void putNumber(Map<String, Object> json, String name, double value) {
    if (Double.isInfinite(value)) {
      json.put(name, value > 0 ? "Infinity" : "-Infinity");
    } else if (!Double.isNaN(value)) {
      json.put(name, value);
    }
  }
}
