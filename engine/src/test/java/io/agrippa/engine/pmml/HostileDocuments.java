package io.agrippa.engine.pmml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;

/**
 * Reads documents made to fill the memory, and prints for each what became of it: a program of its
 * own, to run with a small heap.
 */
final class HostileDocuments {
  private static final long GIGA = 1L << 30;
  private static final String HEAD = "<PMML xmlns='http://www.dmg.org/PMML-4_4'>\n";

  private HostileDocuments() {}

  public static void main(String[] args) throws IOException {
    Map<String, InputStream> documents = new LinkedHashMap<>();
    documents.put("attribute", repeated(HEAD + "<Header description='", "x", GIGA));
    documents.put(
        "attribute of markup", repeated(HEAD + "<Header description='", "<>/&amp;\n", GIGA));
    documents.put("attribute name", repeated(HEAD + "<Header ", "x", GIGA));
    documents.put("attributes", repeatedNumbered(HEAD + "<Header", " x-%d='1'", 1_000_000));
    documents.put("element name", repeated(HEAD + "<", "x", GIGA));
    documents.put("end tag", repeated(HEAD + "<Header></Header", " ", GIGA));
    documents.put("text", repeated(HEAD + "<Header><Annotation>", "text ", GIGA));
    documents.put("blanks", repeated(HEAD, " ", GIGA));
    documents.put("comment", repeated(HEAD + "<!--", "- ", GIGA));
    documents.put("CDATA", repeated(HEAD + "<Header><Annotation><![CDATA[", "]]", GIGA));
    documents.put("instruction", repeated(HEAD + "<?x ", "?", GIGA));
    documents.put("DOCTYPE", repeated("<!DOCTYPE PMML [", "<!ENTITY a 'b'>", GIGA));
    documents.put("deep nodes", repeated(beforeMark(Pmml.tree("<!>")), "<Node><True/>", GIGA));
    documents.put("deep extensions", repeated(HEAD + "<Header>", "<Extension>", GIGA));
    documents.put(
        "deep prefixes",
        repeatedNumbered(HEAD + "<Header>", "<Extension xmlns:p%d='u'>", 1_000_000));
    documents.put(
        "deep expressions",
        repeated(beforeMark(Pmml.derived("<!>")), "<Apply function='a'>", GIGA));
    documents.put(
        "deep predicates",
        repeated(
            beforeMark(Pmml.tree("<Node><!>")), "<CompoundPredicate booleanOperator='or'>", GIGA));
    documents.put("gzip", gzip(repeated(HEAD, " ", GIGA)));
    documents.put("no XML", repeated("", "\0", GIGA));
    for (Map.Entry<String, InputStream> document : documents.entrySet()) {
      String outcome;
      try {
        PmmlReader.read(document.getValue(), "m.pmml");
        outcome = "read";
      } catch (PmmlException e) {
        outcome = e.getMessage();
      }
      System.out.println(document.getKey() + " -> " + outcome);
    }
  }

  private static String beforeMark(String text) {
    return text.substring(0, text.indexOf("<!>"));
  }

  /** The start, then the part over and over, to a length. */
  private static InputStream repeated(String start, String part, long length) {
    return new Generated(start) {
      @Override
      byte[] next(long index, long soFar) {
        return soFar < length ? bytes : null;
      }

      private final byte[] bytes =
          part.repeat(Math.max(1, 8192 / part.length())).getBytes(StandardCharsets.UTF_8);
    };
  }

  /** The start, then the part with the numbers from 0. */
  private static InputStream repeatedNumbered(String start, String part, int count) {
    return new Generated(start) {
      @Override
      byte[] next(long index, long soFar) {
        return index < count ? part.formatted(index).getBytes(StandardCharsets.UTF_8) : null;
      }
    };
  }

  /** Zeros and blanks compress a thousandfold. */
  private static InputStream gzip(InputStream in) {
    byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
    return new SequenceInputStream(
        new ByteArrayInputStream(header),
        new DeflaterInputStream(in, new Deflater(Deflater.BEST_SPEED, true)));
  }

  private abstract static class Generated extends InputStream {
    private byte[] part;
    private int at;
    private long index;
    private long soFar;

    Generated(String start) {
      part = start.getBytes(StandardCharsets.UTF_8);
    }

    abstract byte[] next(long index, long soFar);

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (at == part.length) {
        part = next(index++, soFar);
        at = 0;
        if (part == null) {
          part = new byte[0];
          return -1;
        }
      }
      int n = Math.min(length, part.length - at);
      System.arraycopy(part, at, bytes, offset, n);
      at += n;
      soFar += n;
      return n;
    }
  }
}
