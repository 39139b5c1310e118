package io.agrippa.engine.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Goes through the records of JSON Lines: one object a line. Where the text is anything else, the
 * error names file, line and record. For one thread at a time.
 */
final class JsonRecords implements Closeable {
  /** Thread-safe. Python and others write NaN and Infinity, which JSON has not. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final String file;
  private final long firstLine;
  private final long firstRecord;
  private final JsonParser json;
  private long record = -1; // of the current record, from 0
  private int line; // of the current record within the text, from 1

  /**
   * The records of a text.
   *
   * @param file for messages
   * @param offset position of the text in the uncompressed file
   * @param line number of its first line in the file, from 1
   * @param record number of its first record in the file, from 1
   */
  JsonRecords(String file, InputStream text, long offset, long line, long record)
      throws IOException {
    this.file = file;
    firstLine = line;
    firstRecord = record;
    json = FACTORY.createParser(new Utf8Reader(file, text, offset));
  }

  /** Stands at the value, the name or the end that was moved to last. */
  JsonParser json() {
    return json;
  }

  /** Moves into the next record; false behind the last. */
  boolean next() throws IOException {
    int before = line;
    record++;
    JsonToken token = token();
    if (token == null) {
      return false;
    }
    line = json.currentTokenLocation().getLineNr();
    if (line == before) {
      throw wrong("stands on one line with the record before it; begin a line for it");
    }
    if (token != JsonToken.START_OBJECT) {
      throw wrong(
          "is not an object such as {\"name\": value}, but begins with "
              + (token == JsonToken.START_ARRAY ? "[" : json.getText()));
    }
    return true;
  }

  /** Moves to the next name in the record; null behind the last. */
  String nextName() throws IOException {
    String name;
    try {
      name = json.nextFieldName();
    } catch (JsonProcessingException e) {
      throw notJson(e);
    }
    if (name == null) {
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw wrong("is not whole: the text ends within it");
      }
      if (json.currentTokenLocation().getLineNr() != line) {
        throw wrong("goes over several lines; write each record on one line");
      }
    }
    return name;
  }

  /** Moves to the value of the name. */
  JsonToken nextValue() throws IOException {
    JsonToken token = token();
    if (token == null) {
      throw wrong("is not whole: the text ends within it");
    }
    return token;
  }

  /** Moves behind the value that begins here. */
  void skip() throws IOException {
    try {
      json.skipChildren();
    } catch (JsonProcessingException e) {
      throw notJson(e);
    }
  }

  private JsonToken token() throws IOException {
    try {
      return json.nextToken();
    } catch (JsonProcessingException e) {
      throw notJson(e);
    }
  }

  private IOException notJson(JsonProcessingException e) {
    line = e.getLocation() == null ? line : e.getLocation().getLineNr();
    return new IOException(place() + " is not JSON: " + e.getOriginalMessage(), e);
  }

  /** An error in the current record. */
  IOException wrong(String what) {
    return new IOException(place() + " " + what);
  }

  private String place() {
    return "%s:%d: record %d"
        .formatted(file, firstLine + Math.max(1, line) - 1, firstRecord + record);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
