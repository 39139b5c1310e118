package io.agrippa.engine;

import io.agrippa.engine.model.Document;
import io.agrippa.engine.pmml.PmmlReader;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A document that was read.
 *
 * @param digest SHA-256 of its bytes, hexadecimal
 */
record LoadedDocument(Document document, String digest) {
  /**
   * Reads a document.
   *
   * @throws IOException if it cannot be read, or is not the one of the expected digest
   * @throws io.agrippa.engine.pmml.PmmlException if it is not a document that can be read
   */
  static LoadedDocument read(Job.ModelPlace model) throws IOException {
    MessageDigest sha;
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    Document document;
    try (InputStream in = new DigestInputStream(Catalogues.model(model.place()), sha)) {
      document = PmmlReader.read(in, model.place());
      in.transferTo(OutputStream.nullOutputStream()); // what the reader left counts too
    }
    String digest = HexFormat.of().formatHex(sha.digest());
    String expected = model.digest().orElse(digest).toLowerCase(Locale.ROOT);
    if (!digest.equals(expected)) {
      throw new IOException(
          "%s: its SHA-256 is %s, but the job is for %s; use the document that the job was made for"
              .formatted(model.place(), digest, expected));
    }
    return new LoadedDocument(document, digest);
  }
}
