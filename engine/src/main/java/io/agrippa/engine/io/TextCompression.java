package io.agrippa.engine.io;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How text is compressed. Read by its magic number, so that it is found in streams too; written as
 * the name says.
 */
enum TextCompression {
  NONE,
  GZIP,
  ZSTD;

  private static final int BUFFER = 1 << 16;
  private static final int ZSTD_LEVEL = 3;

  /** What the ending of a file's name says. */
  static TextCompression of(Path file) {
    Path name = file.getFileName();
    String lower = name == null ? "" : name.toString().toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      return GZIP;
    }
    return lower.endsWith(".zst") ? ZSTD : NONE;
  }

  /** A file name in lower case without the ending that names its compression. */
  static String strip(String name) {
    if (name.endsWith(".gz")) {
      return name.substring(0, name.length() - ".gz".length());
    }
    return name.endsWith(".zst") ? name.substring(0, name.length() - ".zst".length()) : name;
  }

  /** A stream with the compression that its first bytes show. */
  record Detected(TextCompression compression, InputStream stream) {}

  /** Looks at the first bytes of a stream; the result reads from its start. */
  static Detected detect(InputStream in) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(in, 4);
    byte[] magic = pushback.readNBytes(4);
    pushback.unread(magic);
    TextCompression found = NONE;
    if (magic.length >= 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b) {
      found = GZIP;
    } else if (magic.length == 4
        && Arrays.equals(magic, new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd})) {
      found = ZSTD;
    }
    return new Detected(found, pushback);
  }

  /**
   * The uncompressed bytes of a stream; several members or frames behind each other are one stream.
   */
  InputStream decompress(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in, BUFFER);
      case ZSTD -> new ZstdInputStreamNoFinalizer(in);
    };
  }

  /**
   * The first {@code length} bytes as a member or frame of its own; many behind each other are one
   * stream.
   */
  byte[] compress(byte[] bytes, int length) throws IOException {
    return switch (this) {
      case NONE -> Arrays.copyOf(bytes, length);
      case GZIP -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, BUFFER)) {
          gzip.write(bytes, 0, length);
        }
        yield out.toByteArray();
      }
      case ZSTD -> {
        byte[] out = new byte[Math.toIntExact(Zstd.compressBound(length))];
        long size = Zstd.compressByteArray(out, 0, out.length, bytes, 0, length, ZSTD_LEVEL);
        if (Zstd.isError(size)) {
          throw new IOException("zstd: " + Zstd.getErrorName(size));
        }
        yield Arrays.copyOf(out, Math.toIntExact(size));
      }
    };
  }
}
