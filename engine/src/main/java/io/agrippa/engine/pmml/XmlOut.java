package io.agrippa.engine.pmml;

import io.agrippa.engine.model.Decimals;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Writes XML as UTF-8, the same bytes for the same calls everywhere. An I/O failure comes out as
 * {@link UncheckedIOException}; who made the stream unwraps it.
 */
final class XmlOut {
  /**
   * Deeper elements are not indented further: the indentation of a deep tree would be most of its
   * file.
   */
  private static final int DEEPEST_INDENT = 16;

  private final Writer out;
  private final List<String> open = new ArrayList<>();
  private final BitSet broken = new BitSet(); // per open element, whether a child began a line
  private boolean inTag;

  XmlOut(OutputStream out) {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
    raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
  }

  /** Starts an element on a line of its own. */
  XmlOut line(String name) {
    closeTag();
    newLine(open.size());
    if (!open.isEmpty()) {
      broken.set(open.size() - 1);
    }
    return start(name);
  }

  /** Starts an element on the line that is being written. */
  XmlOut inline(String name) {
    closeTag();
    return start(name);
  }

  private XmlOut start(String name) {
    raw("<");
    raw(name);
    broken.clear(open.size());
    open.add(name);
    inTag = true;
    return this;
  }

  /** Ends the element started last. */
  XmlOut end() {
    int depth = open.size() - 1;
    String name = open.remove(depth);
    if (inTag) {
      raw("/>");
      inTag = false;
      return this;
    }
    if (broken.get(depth)) {
      newLine(depth);
    }
    raw("</");
    raw(name);
    raw(">");
    return this;
  }

  /** Adds an attribute to the element just started; none if the value is null. */
  XmlOut attribute(String name, String value) {
    if (value != null) {
      raw(" ");
      raw(name);
      raw("=\"");
      escape(value, name);
      raw("\"");
    }
    return this;
  }

  /** Adds a number; none if it is NaN, which stands for absent. */
  XmlOut attribute(String name, double value) {
    return Double.isNaN(value) ? this : attribute(name, number(value));
  }

  /** Adds a number unless it is the default. */
  XmlOut attribute(String name, double value, double defaultValue) {
    return Double.compare(value, defaultValue) == 0 ? this : attribute(name, value);
  }

  /** Adds a number that is there even if it is NaN. */
  XmlOut required(String name, double value) {
    return attribute(name, number(value));
  }

  /** Adds a whole number unless it is the default. */
  XmlOut attribute(String name, int value, int defaultValue) {
    return value == defaultValue ? this : attribute(name, Integer.toString(value));
  }

  /** Adds a truth value unless it is the default. */
  XmlOut attribute(String name, boolean value, boolean defaultValue) {
    return value == defaultValue ? this : attribute(name, Boolean.toString(value));
  }

  /** Adds a word unless it is the default; none if the constant is null. */
  <E extends Enum<E>> XmlOut attribute(String name, Words<E> words, E value, E defaultValue) {
    return value == null || value == defaultValue ? this : attribute(name, words.word(value));
  }

  /** Adds text to the element. */
  XmlOut text(String text) {
    closeTag();
    escape(text, null);
    return this;
  }

  /** Ends the document. */
  void finish() {
    raw("\n");
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "INF" : "-INF") : Decimals.text(value);
  }

  private void closeTag() {
    if (inTag) {
      raw(">");
      inTag = false;
    }
  }

  private void newLine(int depth) {
    raw("\n");
    for (int i = Math.min(depth, DEEPEST_INDENT); i > 0; i--) {
      raw(" ");
    }
  }

  /**
   * Writes what may be markup as references; blanks too in attributes, where a parser would make
   * spaces of them.
   */
  private void escape(String text, String attribute) {
    int done = 0;
    for (int i = 0; i < text.length(); i++) {
      String escaped = escaped(text, i, attribute);
      if (escaped != null) {
        raw(text, done, i);
        raw(escaped);
        done = i + 1;
      }
    }
    raw(text, done, text.length());
  }

  private String escaped(String text, int index, String attribute) {
    char c = text.charAt(index);
    return switch (c) {
      case '&' -> "&amp;";
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '\r' -> "&#13;";
      case '"' -> attribute == null ? null : "&quot;";
      case '\n' -> attribute == null ? null : "&#10;";
      case '\t' -> attribute == null ? null : "&#9;";
      default -> {
        if (c < ' ' || c > 0xfffd || (Character.isSurrogate(c) && !isPaired(text, index))) {
          throw new IllegalArgumentException(
              "character U+%04X in %s of %s cannot be written in XML; leave it out"
                  .formatted(
                      (int) c,
                      attribute == null ? "the text" : "attribute " + attribute,
                      open.get(open.size() - 1)));
        }
        yield null;
      }
    };
  }

  private static boolean isPaired(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
  }

  private void raw(String text) {
    raw(text, 0, text.length());
  }

  private void raw(String text, int from, int to) {
    try {
      out.write(text, from, to - from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
