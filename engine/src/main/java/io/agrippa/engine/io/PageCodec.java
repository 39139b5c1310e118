package io.agrippa.engine.io;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/**
 * Compresses and decompresses pages of Parquet files. Holds native memory until it is closed. Not
 * safe for use by many threads.
 */
final class PageCodec implements AutoCloseable {
  private static final int ZSTD_LEVEL =
      1; // level 3, zstd's default, is half as fast and saves some per cent

  private ZstdDecompressCtx zstdDecompressor;
  private ZstdCompressCtx zstdCompressor;

  /** The format's name for a compression. */
  static CompressionCodec of(ParquetOptions.Compression compression) {
    return switch (compression) {
      case NONE -> CompressionCodec.UNCOMPRESSED;
      case SNAPPY -> CompressionCodec.SNAPPY;
      case GZIP -> CompressionCodec.GZIP;
      case ZSTD -> CompressionCodec.ZSTD;
      case LZ4 -> CompressionCodec.LZ4_RAW;
    };
  }

  /**
   * Decompresses {@code length} bytes of {@code in} into exactly {@code size} bytes of {@code out}.
   *
   * @throws IOException if the data is damaged or the codec is not known
   */
  void decompress(
      CompressionCodec codec, byte[] in, int from, int length, byte[] out, int to, int size)
      throws IOException {
    if (size == 0) {
      return; // some writers store nothing at all for nothing
    }
    int decompressed =
        switch (codec) {
          case UNCOMPRESSED -> copy(in, from, length, out, to, size);
          case SNAPPY -> snappy(in, from, length, out, to, size);
          case GZIP -> gzip(in, from, length, out, to, size);
          case ZSTD -> zstd(in, from, length, out, to, size);
          case LZ4_RAW -> lz4(in, from, length, out, to, size);
          case LZ4, LZO, BROTLI ->
              throw new UnsupportedParquet(
                  "it is compressed with "
                      + codec
                      + ", which is not supported; write the file with zstd, snappy, gzip, lz4_raw or no compression");
        };
    if (decompressed != size) {
      throw new IOException(
          "%,d bytes of %s became %,d, not %,d".formatted(length, codec, decompressed, size));
    }
  }

  private static int copy(byte[] in, int from, int length, byte[] out, int to, int size) {
    System.arraycopy(in, from, out, to, Math.min(length, size));
    return length;
  }

  private static int snappy(byte[] in, int from, int length, byte[] out, int to, int size)
      throws IOException {
    // The native code writes as much as the data says, whatever room there is.
    int stated = Snappy.uncompressedLength(in, from, length);
    return stated == size ? Snappy.uncompress(in, from, length, out, to) : stated;
  }

  private static int gzip(byte[] in, int from, int length, byte[] out, int to, int size)
      throws IOException {
    try (GZIPInputStream gzip =
        new GZIPInputStream(new ByteArrayInputStream(in, from, length), 1 << 13)) {
      int read = gzip.readNBytes(out, to, size);
      return gzip.read() < 0 ? read : size + 1;
    }
  }

  private int zstd(byte[] in, int from, int length, byte[] out, int to, int size)
      throws IOException {
    if (zstdDecompressor == null) {
      zstdDecompressor = new ZstdDecompressCtx();
    }
    try {
      return zstdDecompressor.decompressByteArray(out, to, size, in, from, length);
    } catch (ZstdException e) {
      throw new IOException("zstd: " + e.getMessage(), e);
    }
  }

  private static int lz4(byte[] in, int from, int length, byte[] out, int to, int size)
      throws IOException {
    try {
      return new Lz4Decompressor().decompress(in, from, length, out, to, size);
    } catch (MalformedInputException e) {
      throw new IOException("lz4: " + e.getMessage(), e);
    }
  }

  /** The compressed form of the first {@code length} bytes. */
  byte[] compress(CompressionCodec codec, byte[] in, int length) throws IOException {
    return switch (codec) {
      case UNCOMPRESSED -> Arrays.copyOf(in, length);
      case SNAPPY -> {
        byte[] out = new byte[Snappy.maxCompressedLength(length)];
        yield Arrays.copyOf(out, Snappy.compress(in, 0, length, out, 0));
      }
      case GZIP -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length / 2 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 13)) {
          gzip.write(in, 0, length);
        }
        yield out.toByteArray();
      }
      case ZSTD -> zstd(in, length);
      case LZ4_RAW -> {
        Lz4Compressor lz4 = new Lz4Compressor();
        byte[] out = new byte[lz4.maxCompressedLength(length)];
        yield Arrays.copyOf(out, lz4.compress(in, 0, length, out, 0, out.length));
      }
      case LZ4, LZO, BROTLI ->
          throw new IllegalArgumentException("pages are not written with " + codec);
    };
  }

  private byte[] zstd(byte[] in, int length) throws IOException {
    if (zstdCompressor == null) {
      zstdCompressor = new ZstdCompressCtx().setLevel(ZSTD_LEVEL);
    }
    byte[] out = new byte[Math.toIntExact(Zstd.compressBound(length))];
    try {
      return Arrays.copyOf(
          out, zstdCompressor.compressByteArray(out, 0, out.length, in, 0, length));
    } catch (ZstdException e) {
      throw new IOException("zstd: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    if (zstdDecompressor != null) {
      zstdDecompressor.close();
      zstdDecompressor = null;
    }
    if (zstdCompressor != null) {
      zstdCompressor.close();
      zstdCompressor = null;
    }
  }
}
