package io.agrippa.engine;

import io.agrippa.engine.model.Document;
import io.agrippa.engine.pmml.PmmlReader;
import io.agrippa.engine.run.Job;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A document that was read.
 *
 * @param digest SHA-256 of its bytes, hexadecimal
 * @param bytes number of its bytes
 */
record LoadedDocument(Document document, String digest, long bytes) {
  /**
   * Reads a document.
   *
   * @throws IOException if it cannot be read, or is not the one of the expected digest
   * @throws io.agrippa.engine.pmml.PmmlException if it is not a document that can be read
   */
  static LoadedDocument read(Job.ModelPlace model) throws IOException {
    return read(model, Catalogues.model(model.place()));
  }

  /** As {@link #read(Job.ModelPlace)}, from a stream of its bytes, which is closed. */
  static LoadedDocument read(Job.ModelPlace model, InputStream bytes) throws IOException {
    try (Fingerprint in = new Fingerprint(bytes)) {
      Document document = PmmlReader.read(in, model.place());
      in.transferTo(OutputStream.nullOutputStream()); // what the reader left counts too
      String digest = in.sha256();
      String expected = model.digest().orElse(digest).toLowerCase(Locale.ROOT);
      if (!digest.equals(expected)) {
        throw new IOException(
            "%s: its SHA-256 is %s, but the job is for %s; use the document that the job was made for"
                .formatted(model.place(), digest, expected));
      }
      return new LoadedDocument(document, digest, in.count);
    }
  }

  /** Counts and digests what is read through it. */
  private static final class Fingerprint extends FilterInputStream {
    private final MessageDigest sha;
    private long count;

    Fingerprint(InputStream in) {
      super(in);
      try {
        sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    @Override
    public int read() throws IOException {
      int next = in.read();
      if (next >= 0) {
        sha.update((byte) next);
        count++;
      }
      return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      if (read > 0) {
        sha.update(bytes, offset, read);
        count += read;
      }
      return read;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    String sha256() {
      return HexFormat.of().formatHex(sha.digest());
    }
  }
}
