package io.agrippa.engine.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * The bytes of a text that was opened, uncompressed. Whoever reads the stream closes it.
 *
 * @param input where they come from
 * @param compression what the first bytes showed
 * @param stream the uncompressed bytes
 * @param raw counts the bytes as they come
 */
record PlainText(
    TextInput input, TextCompression compression, InputStream stream, CountingInputStream raw) {

  /** Opens a text. */
  static PlainText open(TextInput input) throws IOException {
    CountingInputStream raw = new CountingInputStream(input.open());
    try {
      TextCompression.Detected detected = TextCompression.detect(raw);
      return new PlainText(input, detected.compression(), plain(input.name(), detected), raw);
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  /** Bytes of input read so far, compressed if they are. */
  long read() {
    return raw.count();
  }

  private static InputStream plain(String file, TextCompression.Detected detected)
      throws IOException {
    if (detected.compression() == TextCompression.NONE) {
      return detected.stream();
    }
    try {
      return new FilterInputStream(detected.compression().decompress(detected.stream())) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          try {
            return in.read(bytes, offset, length);
          } catch (IOException e) {
            throw broken(file, detected.compression(), e);
          }
        }
      };
    } catch (IOException e) {
      throw broken(file, detected.compression(), e);
    }
  }

  private static IOException broken(String file, TextCompression compression, IOException e) {
    return new IOException(
        "%s: the %s data is damaged or cut off (%s); get the file again"
            .formatted(file, compression.name().toLowerCase(Locale.ROOT), e.getMessage()),
        e);
  }
}
