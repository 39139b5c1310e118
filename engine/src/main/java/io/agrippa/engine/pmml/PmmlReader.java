package io.agrippa.engine.pmml;

import io.agrippa.engine.model.Document;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.xml.stream.XMLStreamReader;

/** Reads PMML documents, gzip-compressed ones too. Stateless, so safe for use by many threads. */
public final class PmmlReader {
  private PmmlReader() {}

  /**
   * Reads a file; its path is the document's place.
   *
   * @throws PmmlException if it is not a document that can be read
   * @throws IOException if the file cannot be read
   */
  public static Document read(Path file) throws IOException {
    return read(file, ReadLimits.DEFAULT);
  }

  /** As {@link #read(Path)}, with other limits. */
  public static Document read(Path file, ReadLimits limits) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), limits);
    }
  }

  /**
   * Reads a document from memory.
   *
   * @param place what to call it in messages
   * @throws PmmlException if it is not a document that can be read
   */
  public static Document read(byte[] bytes, String place) {
    try {
      return read(new ByteArrayInputStream(bytes), place);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory never fails", e);
    }
  }

  /**
   * Reads a document to the end of the stream, which stays open.
   *
   * @param place what to call it in messages
   * @throws PmmlException if it is not a document that can be read
   * @throws IOException if the stream fails
   */
  public static Document read(InputStream in, String place) throws IOException {
    return read(in, place, ReadLimits.DEFAULT);
  }

  /** As {@link #read(InputStream, String)}, with other limits. */
  public static Document read(InputStream in, String place, ReadLimits limits) throws IOException {
    try {
      return open(in, place, limits).read();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Reads a document's Header and stops there; the stream stays open, somewhere behind it.
   *
   * @param place what to call the document in messages
   * @return the header, or null if the document has none
   * @throws PmmlException if it is not a document that can be read
   * @throws IOException if the stream fails
   */
  public static Document.Header header(InputStream in, String place) throws IOException {
    try {
      return open(in, place, ReadLimits.DEFAULT).readHeader();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * Reads as much of a document as can be read, to the end of the stream, which stays open, and
   * lists all for which {@link #read} would refuse it.
   *
   * @param place what to call it in messages
   * @throws IOException if the stream fails
   */
  public static DocumentSurvey survey(InputStream in, String place) throws IOException {
    Complaints complaints = new Complaints();
    Optional<Document> document = Optional.empty();
    try {
      Cursor cursor = cursor(in, place, ReadLimits.DEFAULT);
      cursor.survey(complaints);
      document = Optional.of(new DocumentReader(cursor).read());
    } catch (PmmlException e) {
      complaints.add("document", e); // no XML from there on, or not PMML at all
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new DocumentSurvey(document, complaints.refusals(), complaints.lost());
  }

  /**
   * Writes a document anew in the plainest XML that says the same, for a reader that is less
   * guarded than this one: UTF-8, not compressed, with elements, attributes and texts alone. It has
   * no document type, entity, comment, processing instruction, CDATA section or namespace, and ends
   * where it should. Whether it is a model that can be scored is not looked at.
   *
   * @param in the document; it is read to its end and stays open
   * @param place what to call it in messages
   * @throws PmmlException if it is not XML whose first element is PMML, or exceeds the limits
   * @throws IOException if the stream fails
   */
  public static byte[] plain(InputStream in, String place) throws IOException {
    try {
      Cursor cursor = cursor(in, place, ReadLimits.DEFAULT);
      cursor.root();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      XmlOut out = new XmlOut(bytes);
      cursor.copy(out);
      cursor.finish();
      out.finish();
      return bytes.toByteArray();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static DocumentReader open(InputStream in, String place, ReadLimits limits)
      throws IOException {
    return new DocumentReader(cursor(in, place, limits));
  }

  private static Cursor cursor(InputStream in, String place, ReadLimits limits) throws IOException {
    Reader guarded = new GuardedReader(Encodings.open(in, place), place, limits);
    XMLStreamReader xml = Parsers.open(guarded, place);
    return new Cursor(xml, place, limits);
  }
}
