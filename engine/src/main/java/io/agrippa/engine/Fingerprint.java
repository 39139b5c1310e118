package io.agrippa.engine;

import io.agrippa.engine.run.Job;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Counts and digests what is read through it. */
final class Fingerprint extends FilterInputStream {
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

  /** Number of bytes read so far. */
  long count() {
    return count;
  }

  /**
   * SHA-256 of all bytes, hexadecimal, those that nobody has read included: they are read now.
   *
   * @throws IOException if it is not the digest that is asked of the model
   */
  String digest(Job.ModelPlace model) throws IOException {
    transferTo(OutputStream.nullOutputStream());
    String digest = HexFormat.of().formatHex(sha.digest());
    String expected = model.digest().orElse(digest).toLowerCase(Locale.ROOT);
    if (!digest.equals(expected)) {
      throw new IOException(
          "%s: its SHA-256 is %s, but the job is for %s; use the document that the job was made for"
              .formatted(model.place(), digest, expected));
    }
    return digest;
  }
}
