package io.agrippa.engine.pmml;

import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.zip.ZipException;

/**
 * Holds the limits below the XML parser. A parser hands over a tag or a text when it has all of it,
 * so an attribute of a gigabyte is in memory before anybody above can refuse it. This reader looks
 * at the characters on their way to the parser and throws before it has more than it may have.
 *
 * <p>It need know only where tags, texts, comments, CDATA sections and processing instructions
 * begin and end, which takes one state per kind and no memory. It agrees with the parser on that as
 * long as the document is well formed; where it is not, the parser stops, and what this reader
 * makes of the rest does not matter. Declarations ({@code <!DOCTYPE}, {@code <!ENTITY}, …) are
 * refused outright.
 */
final class GuardedReader extends Reader {
  private enum State {
    TEXT,
    /** Behind {@code <}. */
    OPENED,
    /** In a start tag, outside attribute values. */
    TAG,
    /** In an attribute value. */
    VALUE,
    END_TAG,
    /** Behind {@code <!}. */
    DECLARATION,
    /** Behind {@code <!-}. */
    COMMENT_START,
    COMMENT,
    CDATA,
    INSTRUCTION
  }

  private final Reader in;
  private final String place;
  private final ReadLimits limits;
  private State state = State.TEXT;
  private char quote;
  private boolean slash; // the last character of a tag was a slash
  private int marks; // how much of the end of a comment, CDATA section or instruction was just seen
  private int depth;
  private int attributes;
  private int line = 1;
  private long position; // of the first character of the buffer being looked at
  private long start; // of the current tag or text

  GuardedReader(Reader in, String place, ReadLimits limits) {
    this.in = in;
    this.place = place;
    this.limits = limits;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int n;
    try {
      n = in.read(buffer, offset, length);
    } catch (CharacterCodingException e) {
      throw new PmmlException(
          place,
          line,
          "the bytes behind this line are not of the document's encoding; save it as UTF-8",
          e);
    } catch (ZipException | EOFException e) {
      throw new PmmlException(
          place, line, "gzip is damaged or truncated behind this line; copy the file again", e);
    }
    if (n > 0) {
      scan(buffer, offset, offset + n);
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void scan(char[] buffer, int from, int to) {
    for (int i = from; i < to; ) {
      i =
          switch (state) {
            case TEXT -> text(buffer, i, to, from);
            case OPENED -> opened(buffer[i], i);
            case TAG -> tag(buffer, i, to, from);
            case VALUE -> value(buffer, i, to);
            case END_TAG -> endTag(buffer, i, to, from);
            case DECLARATION -> declaration(buffer[i], i);
            case COMMENT_START -> commentStart(i);
            case COMMENT -> section(buffer, i, to, from, '-', 2);
            case CDATA -> section(buffer, i, to, from, ']', 2);
            case INSTRUCTION -> section(buffer, i, to, from, '?', 1);
          };
    }
    position += to - from;
    checkLength();
    if (position > limits.totalLength()) {
      throw limit(
          "the document is longer than " + limits.totalLength() + " characters", "totalLength");
    }
  }

  /**
   * The current tag or text must not have become too long by the end of the buffer; buffers are
   * small against the limits.
   */
  private void checkLength() {
    switch (state) {
      case TAG, VALUE, END_TAG, OPENED -> {
        if (position - start > limits.tagLength()) {
          throw limit("a tag is longer than " + limits.tagLength() + " characters", "tagLength");
        }
      }
      case TEXT, COMMENT, CDATA, INSTRUCTION, DECLARATION, COMMENT_START -> {
        if (position - start > limits.textLength()) {
          throw limit(
              "a text, comment or processing instruction is longer than "
                  + limits.textLength()
                  + " characters",
              "textLength");
        }
      }
    }
  }

  private PmmlException limit(String problem, String component) {
    return new PmmlException(
        place, line, problem + "; if you trust the document, raise ReadLimits." + component);
  }

  private int text(char[] buffer, int begin, int to, int from) {
    int newLines = 0;
    int i = begin;
    for (; i < to; i++) {
      char c = buffer[i];
      if (c == '<') {
        state = State.OPENED;
        start = position + i - from;
        i++;
        break;
      }
      if (c == '\n') {
        newLines++;
      }
    }
    line += newLines;
    return i;
  }

  private int opened(char c, int i) {
    switch (c) {
      case '/' -> {
        state = State.END_TAG;
        return i + 1;
      }
      case '!' -> {
        state = State.DECLARATION;
        return i + 1;
      }
      case '?' -> {
        state = State.INSTRUCTION;
        marks = 0;
        return i + 1;
      }
      default -> {
        state = State.TAG;
        attributes = 0;
        slash = false;
        if (++depth > limits.depth()) {
          throw limit("more than " + limits.depth() + " elements within each other", "depth");
        }
        return i;
      }
    }
  }

  private int tag(char[] buffer, int begin, int to, int from) {
    boolean wasSlash = slash;
    int i = begin;
    for (; i < to; i++) {
      char c = buffer[i];
      if (c == '"' || c == '\'') {
        if (++attributes > limits.attributes()) {
          throw limit(
              "an element has more than " + limits.attributes() + " attributes", "attributes");
        }
        quote = c;
        state = State.VALUE;
        slash = false;
        return i + 1;
      }
      if (c == '>') {
        if (wasSlash) {
          depth--;
        }
        toText(position + i - from);
        return i + 1;
      }
      if (c == '\n') {
        line++;
      }
      wasSlash = c == '/';
    }
    slash = wasSlash;
    return i;
  }

  private int value(char[] buffer, int begin, int to) {
    char end = quote;
    int i = begin;
    for (; i < to; i++) {
      char c = buffer[i];
      if (c == end) {
        state = State.TAG;
        return i + 1;
      }
      if (c == '\n') {
        line++;
      }
    }
    return i;
  }

  private int endTag(char[] buffer, int begin, int to, int from) {
    for (int i = begin; i < to; i++) {
      if (buffer[i] == '>') {
        depth--;
        toText(position + i - from);
        return i + 1;
      }
      if (buffer[i] == '\n') {
        line++;
      }
    }
    return to;
  }

  private int declaration(char c, int i) {
    switch (c) {
      case '-' -> state = State.COMMENT_START;
      case '[' -> {
        state = State.CDATA;
        marks = 0;
      }
      default ->
          throw new PmmlException(
              place,
              line,
              "a document type or other declaration is not read; remove <!" + c + "…>");
    }
    return i + 1;
  }

  private int commentStart(int i) {
    state = State.COMMENT;
    marks = 0;
    return i + 1;
  }

  /** Looks for the end of a section: at least {@code count} marks and a {@code >}. */
  private int section(char[] buffer, int begin, int to, int from, char mark, int count) {
    for (int i = begin; i < to; i++) {
      char c = buffer[i];
      if (c == mark) {
        marks++;
      } else if (c == '>' && marks >= count) {
        toText(position + i - from);
        return i + 1;
      } else {
        marks = 0;
        if (c == '\n') {
          line++;
        }
      }
    }
    return to;
  }

  private void toText(long end) {
    state = State.TEXT;
    start = end + 1;
  }
}
