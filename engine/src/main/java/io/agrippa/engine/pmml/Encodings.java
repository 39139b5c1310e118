package io.agrippa.engine.pmml;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Turns a document's bytes into characters before anything else looks at them, so that whoever
 * guards the parser sees what the parser sees, whatever the encoding: UTF-16 by its byte order mark
 * or first bytes, else what the XML declaration names, else UTF-8. Bytes that are not of the
 * encoding are an error, never replaced.
 */
final class Encodings {
  /** An XML declaration is shorter. */
  private static final int HEAD = 1024;

  private static final Pattern DECLARED =
      Pattern.compile("\\A<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"']*)[\"']");

  private Encodings() {}

  /**
   * A stream that stays open for whoever gave it, though readers above close what they have read.
   */
  private static final class LeftOpen extends FilterInputStream {
    LeftOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // not ours
    }
  }

  /** The document's characters, decompressed where its first bytes are gzip's. */
  static Reader open(InputStream in, String place) throws IOException {
    byte[] head = in.readNBytes(HEAD);
    InputStream all = behind(head, new LeftOpen(in));
    if (head.length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
      try {
        all = new GZIPInputStream(all, 1 << 16);
        head = all.readNBytes(HEAD);
      } catch (ZipException | EOFException e) {
        throw new PmmlException(place, 0, "gzip is damaged or truncated; copy the file again", e);
      }
      all = behind(head, all);
    }
    if (head.length == 0) {
      throw new PmmlException(place, 0, "the document is empty; give a PMML document");
    }
    int mark = byteOrderMark(head);
    if (mark > 0) {
      all.skipNBytes(mark);
    }
    Charset charset = charset(head, mark, place);
    return new InputStreamReader(
        all,
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  private static InputStream behind(byte[] head, InputStream rest) {
    return new SequenceInputStream(new ByteArrayInputStream(head), rest);
  }

  private static int byteOrderMark(byte[] head) {
    if (startsWith(head, 0xef, 0xbb, 0xbf)) {
      return 3;
    }
    return startsWith(head, 0xfe, 0xff) || startsWith(head, 0xff, 0xfe) ? 2 : 0;
  }

  private static boolean startsWith(byte[] head, int... bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  private static Charset charset(byte[] head, int mark, String place) {
    if (startsWith(head, 0xff, 0xfe, 0, 0) || startsWith(head, 0, 0, 0xfe, 0xff)) {
      throw new PmmlException(place, 1, "encoding UTF-32 is not read; save the document as UTF-8");
    }
    if (startsWith(head, 0xfe, 0xff) || startsWith(head, 0, '<', 0)) {
      return StandardCharsets.UTF_16BE;
    }
    if (startsWith(head, 0xff, 0xfe) || startsWith(head, '<', 0)) {
      return StandardCharsets.UTF_16LE;
    }
    String start = new String(head, mark, head.length - mark, StandardCharsets.ISO_8859_1);
    if (!start.stripLeading().startsWith("<") && !start.isBlank()) {
      throw new PmmlException(place, 1, "this is not XML; give a PMML document");
    }
    Matcher declared = DECLARED.matcher(start);
    if (mark == 3 || !declared.find()) {
      return StandardCharsets.UTF_8;
    }
    String name = declared.group(1);
    try {
      Charset charset = Charset.forName(name);
      if ("<?xml".equals(new String("<?xml".getBytes(StandardCharsets.US_ASCII), charset))) {
        return charset;
      }
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new PmmlException(
          place, 1, "encoding \"" + name + "\" is unknown; save the document as UTF-8", e);
    }
    throw new PmmlException(
        place,
        1,
        "encoding \""
            + name
            + "\" is declared but the bytes are not of it; save the document as UTF-8");
  }
}
