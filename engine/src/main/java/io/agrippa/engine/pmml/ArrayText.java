package io.agrippa.engine.pmml;

import java.util.ArrayList;
import java.util.List;

/**
 * The content of PMML's Array: elements between blanks. Only arrays of strings have quotes: they
 * group, {@code ""} is the empty string, a backslash makes a quote within quotes part of the
 * element (and is itself elsewhere), and a quote ends an element that is not quoted.
 */
final class ArrayText {
  private ArrayText() {}

  /** The elements of an int or real array. */
  static List<String> plain(CharSequence text) {
    List<String> elements = new ArrayList<>();
    int i = 0;
    while (true) {
      i = skipBlanks(text, i);
      if (i == text.length()) {
        return elements;
      }
      int start = i;
      while (i < text.length() && !isBlank(text.charAt(i))) {
        i++;
      }
      elements.add(text.subSequence(start, i).toString());
    }
  }

  /**
   * The elements of a string array.
   *
   * @throws IllegalArgumentException if a quote is never closed
   */
  static List<String> quoted(CharSequence text) {
    List<String> elements = new ArrayList<>();
    StringBuilder element = new StringBuilder();
    int i = 0;
    while (true) {
      i = skipBlanks(text, i);
      if (i == text.length()) {
        return elements;
      }
      element.setLength(0);
      if (text.charAt(i) == '"') {
        i = quotedElement(text, i + 1, element);
      } else {
        while (i < text.length() && !isBlank(text.charAt(i)) && text.charAt(i) != '"') {
          element.append(text.charAt(i++));
        }
      }
      elements.add(element.toString());
    }
  }

  private static int quotedElement(CharSequence text, int start, StringBuilder element) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return i + 1;
      }
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        i++;
        c = '"';
      }
      element.append(c);
    }
    throw new IllegalArgumentException("a quote is never closed");
  }

  /**
   * The text of a string array with these elements.
   *
   * @throws IllegalArgumentException if an element has no such form: one that ends in a backslash
   *     and needs quotes
   */
  static String write(List<String> elements) {
    StringBuilder text = new StringBuilder();
    for (String element : elements) {
      if (text.length() > 0) {
        text.append(' ');
      }
      if (!needsQuotes(element)) {
        text.append(element);
      } else if (element.endsWith("\\")) {
        throw new IllegalArgumentException(
            "an Array cannot hold \"" + element + "\": it ends in a backslash and needs quotes");
      } else {
        text.append('"').append(element.replace("\"", "\\\"")).append('"');
      }
    }
    return text.toString();
  }

  private static boolean needsQuotes(String element) {
    for (int i = 0; i < element.length(); i++) {
      if (isBlank(element.charAt(i)) || element.charAt(i) == '"') {
        return true;
      }
    }
    return element.isEmpty();
  }

  private static int skipBlanks(CharSequence text, int start) {
    int i = start;
    while (i < text.length() && isBlank(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }
}
