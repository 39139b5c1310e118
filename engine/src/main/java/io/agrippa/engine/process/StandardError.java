package io.agrippa.engine.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;

/** Keeps the end of what a worker prints, however much that is. */
final class StandardError extends Thread {
  /** So much is kept. */
  static final int KEPT = 8 << 10;

  private final InputStream in;
  private final byte[] ring = new byte[KEPT]; // guarded by this
  private long length; // of all that was printed

  StandardError(InputStream in, String name) {
    super(name);
    setDaemon(true);
    this.in = in;
  }

  @Override
  public void run() {
    byte[] bytes = new byte[1 << 10];
    try (in) {
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        synchronized (this) {
          for (int i = 0; i < read; i++) {
            ring[(int) (length++ % KEPT)] = bytes[i];
          }
        }
      }
    } catch (IOException e) {
      // The worker is gone; what it printed before is kept.
    }
  }

  /** The end of what was printed. */
  synchronized String text() {
    int kept = (int) Math.min(length, KEPT);
    byte[] bytes = new byte[kept];
    for (int i = 0; i < kept; i++) {
      bytes[i] = ring[(int) ((length - kept + i) % KEPT)];
    }
    return (length > KEPT ? "…" : "") + new String(bytes, Charset.defaultCharset()).strip();
  }
}
