package io.agrippa.engine.pmml;

import io.agrippa.engine.model.Document;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Writes documents as PMML 4.4, the same bytes for the same document on every machine and Java:
 * UTF-8, line feeds, attributes in a fixed order, numbers with the fewest digits that read back as
 * them, attributes that have their default value left out. Stateless, so safe for use by many
 * threads.
 *
 * <p>What the schema of PMML 4.4 does not have is written as vendors' attributes that this package
 * reads ({@code x-mathContext}, {@code x-multiModelChain}, {@code x-wordRE}). Column names that are
 * no XML names are replaced throughout their table.
 */
public final class PmmlWriter {
  private PmmlWriter() {}

  /**
   * Writes a document to the stream, flushes it and leaves it open.
   *
   * @throws IOException if the stream fails
   * @throws IllegalArgumentException if a text has a character that XML cannot hold, or an array an
   *     element that PMML cannot
   */
  public static void write(Document document, OutputStream stream) throws IOException {
    try {
      write(document, new XmlOut(stream));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The document as {@link #write} writes it. */
  public static byte[] bytes(Document document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(document, new XmlOut(bytes));
    return bytes.toByteArray();
  }

  private static void write(Document document, XmlOut out) {
    ExpressionWriter expressions = new ExpressionWriter(out);
    FieldWriter fields = new FieldWriter(out, expressions);
    ModelWriter models =
        new ModelWriter(out, expressions, new FrameWriter(out, expressions, fields));
    out.line("PMML").attribute("xmlns", "http://www.dmg.org/PMML-4_4").attribute("version", "4.4");
    header(out, document.header());
    fields.dataDictionary(document.dataDictionary());
    fields.transformationDictionary(document.functions(), document.derivedFields());
    document.models().forEach(models::write);
    out.end();
    out.finish();
  }

  private static void header(XmlOut out, Document.Header header) {
    out.line("Header");
    if (header != null) {
      out.attribute("copyright", header.copyright()).attribute("description", header.description());
      if (header.application() != null) {
        out.line("Application")
            .attribute("name", header.application())
            .attribute("version", header.applicationVersion())
            .end();
      }
      for (String annotation : header.annotations()) {
        out.line("Annotation").text(annotation).end();
      }
      if (header.timestamp() != null) {
        out.line("Timestamp").text(header.timestamp()).end();
      }
    }
    out.end();
  }
}
