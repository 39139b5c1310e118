package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Random;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The guard counts what the parser counts, whatever stands in the document and however it is cut.
 */
final class GuardedReaderTest {
  private static final ReadLimits ALL = ReadLimits.DEFAULT;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 63, 64, 65, 4096})
  void depthIsTheParsersInWellFormedDocuments(int bufferLength) throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      String document = new RandomXml(new Random(seed)).document();
      int depth = depth(document);
      assertThatCode(() -> drain(document, depthOf(depth), bufferLength))
          .as("seed %d: %s", seed, document)
          .doesNotThrowAnyException();
      if (depth > 1) {
        assertThatThrownBy(() -> drain(document, depthOf(depth - 1), bufferLength))
            .as("seed %d: %s", seed, document)
            .isInstanceOf(PmmlException.class)
            .hasMessageContaining("elements within each other; ");
      }
    }
  }

  private static int depth(String document) throws Exception {
    XMLStreamReader xml = Parsers.open(new StringReader(document), "m");
    int depth = 0;
    int deepest = 0;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        deepest = Math.max(deepest, ++depth);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
    return deepest;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 8192})
  void eachLimitHoldsToTheCharacter(int bufferLength) throws IOException {
    // total
    drain("<a>" + "x".repeat(93) + "</a>", new ReadLimits(100, 9, 99, 9, 99, 9), bufferLength);
    refuses(
        "<a>" + "x".repeat(94) + "</a>",
        new ReadLimits(100, 9, 99, 9, 99, 9),
        bufferLength,
        "1: the document is longer than 100 characters; ");
    // attributes
    drain("<a b='' c=\"\"/>", new ReadLimits(100, 9, 99, 2, 99, 9), bufferLength);
    refuses(
        "<a b=''\nc=\"\" d=''/>",
        new ReadLimits(100, 9, 99, 2, 99, 9),
        bufferLength,
        "2: an element has more than 2 attributes; ");
  }

  @Test
  void tagsAndTextsAreRefusedBeforeTheyEnd() {
    // never ends: only a guard that does not wait for the end can say so
    ReadLimits limits = new ReadLimits(1 << 30, 9, 1000, 9, 1000, 9);
    endless("<a b='", 'x', limits, "1: a tag is longer than 1000 characters; ");
    endless("<a ", ' ', limits, "1: a tag is longer than 1000 characters; ");
    endless("<", 'a', limits, "1: a tag is longer than 1000 characters; ");
    endless("</", 'a', limits, "1: a tag is longer than 1000 characters; ");
    endless(
        "<a>", 'x', limits, "1: a text, comment or processing instruction is longer than 1000 ");
    endless("<!--", '-', limits, "1: a text, comment or processing instruction is longer than ");
    endless(
        "<![CDATA[", ']', limits, "1: a text, comment or processing instruction is longer than ");
    endless("<?x ", '?', limits, "1: a text, comment or processing instruction is longer than ");
  }

  private static void endless(String start, char rest, ReadLimits limits, String message) {
    Reader reader =
        new Reader() {
          private int at;

          @Override
          public int read(char[] buffer, int offset, int length) {
            for (int i = 0; i < length; i++) {
              buffer[offset + i] = at < start.length() ? start.charAt(at++) : rest;
            }
            return length;
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(() -> drain(reader, limits, 100)).hasMessageStartingWith("m:" + message);
  }

  @Test
  void whatLooksLikeAnEndOfACommentIsNone() throws IOException {
    // the parser takes "<!--->" for the start of a comment that goes on
    String document = "<a><!---><a><a><a>--></a>";
    drain(document, depthOf(1), 64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<!DOCTYPE a>", "<!ENTITY b 'c'>", "<!doctype a>", "<!ELEMENT a>", "<! x>"})
  void declarationsAreRefusedWhereverTheyStand(String declaration) {
    refuses(
        declaration + "<a/>", ALL, 8192, "1: a document type or other declaration is not read; ");
    refuses("\n<!-- x -->\n" + declaration, ALL, 8192, "3: a document type or other declaration");
    refuses("<a>\n" + declaration, ALL, 8192, "2: a document type or other declaration");
  }

  @Test
  void whatOnlyLooksLikeADeclarationIsNot() throws IOException {
    drain("<a b='<!DOCTYPE'><!-- <!DOCTYPE --><![CDATA[<!DOCTYPE]]><?x <!DOCTYPE ?></a>", ALL, 3);
  }

  private static void refuses(
      String document, ReadLimits limits, int bufferLength, String message) {
    assertThatThrownBy(() -> drain(document, limits, bufferLength))
        .isInstanceOf(PmmlException.class)
        .hasMessageStartingWith("m:" + message);
  }

  private static ReadLimits depthOf(int depth) {
    return new ReadLimits(1 << 30, depth, 1 << 20, 100, 1 << 20, 9);
  }

  private static void drain(String document, ReadLimits limits, int bufferLength)
      throws IOException {
    drain(new StringReader(document), limits, bufferLength);
  }

  private static void drain(Reader document, ReadLimits limits, int bufferLength)
      throws IOException {
    Reader guarded = new GuardedReader(document, "m", limits);
    char[] buffer = new char[bufferLength];
    while (guarded.read(buffer, 0, bufferLength) >= 0) {
      // what it reads does not matter
    }
  }

  /** Well-formed documents with everything that can hide a tag. */
  private record RandomXml(Random random) {
    String document() {
      StringBuilder out = new StringBuilder();
      if (random.nextBoolean()) {
        out.append("<?xml version=\"1.0\"?>\n");
      }
      misc(out);
      element(out, 0);
      misc(out);
      return out.toString();
    }

    private void element(StringBuilder out, int depth) {
      out.append("<e");
      int attributes = random.nextInt(4);
      for (int i = 0; i < attributes; i++) {
        char quote = random.nextBoolean() ? '"' : '\'';
        out.append(pick("\n ", " ", "\t"))
            .append('a')
            .append(i)
            .append(pick("=", " = "))
            .append(quote);
        out.append(pick("", "/", ">", "/>", "-->", "]]>", "?>", quote == '"' ? "'" : "\"", "x=y"));
        out.append(quote);
      }
      out.append(pick("", " ", "\n"));
      int children = depth > 6 ? 0 : random.nextInt(4);
      if (children == 0 && random.nextBoolean()) {
        out.append("/>");
        return;
      }
      out.append('>');
      for (int i = 0; i < children; i++) {
        switch (random.nextInt(4)) {
          case 0 -> misc(out);
          case 1 -> out.append(pick("text", "a > b", "/>", "\"", "'", "&lt;e>", "\n"));
          case 2 ->
              out.append("<![CDATA[")
                  .append(pick("", "<e>", "]", "]]", "]>", "<!--"))
                  .append("]]>");
          default -> element(out, depth + 1);
        }
      }
      out.append("</e").append(pick("", " ", "\n")).append('>');
    }

    private void misc(StringBuilder out) {
      out.append(
          pick(
              "",
              "\n",
              "<!-- <e> -->",
              "<!---->",
              "<!--->-->",
              "<!-- - > -->",
              "<?p <e> ?>",
              "<?p ??>",
              "<?p?>"));
    }

    private String pick(String... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }
}
