package io.agrippa.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** Writes JSON of maps, lists, texts and numbers. */
final class Json {
  private Json() {}

  /** On one line. */
  static String text(Object value) throws IOException {
    return new ObjectMapper().writeValueAsString(value);
  }
}
