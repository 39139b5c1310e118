package io.agrippa.engine.arrow;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.airlift.compress.lz4.Lz4Compressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;

/**
 * Compresses and decompresses buffers as Arrow's IPC format has them: the length before compression
 * (8 bytes, little-endian), then a frame; or −1 and the bytes as they are, where compression would
 * not have made them shorter. A buffer without bytes stays one.
 *
 * <p>Everything happens on the heap, where the buffers are read: the codecs of Arrow's own
 * arrow-compression work within its memory, which reading does not touch. Of the libraries, Commons
 * Compress alone reads LZ4 frames whose blocks refer to those before them, as Arrow for C++ and
 * Python writes them; it compresses at a twentieth of the speed of aircompressor, whose blocks
 * therefore fill the frames that are written.
 */
final class BufferCodec {
  private static final int PREFIX = Long.BYTES;
  private static final long AS_IT_IS = -1;

  /** As for Parquet: zstd's default, level 3, is half as fast and saves some per cent. */
  private static final int ZSTD_LEVEL = 1;

  /**
   * The head of a frame of independent blocks of at most 4 MiB without checksums: magic number,
   * flags, block size, and the second byte of the XXH32 of the latter two.
   */
  private static final byte[] LZ4_HEAD = {0x04, 0x22, 0x4D, 0x18, 0x60, 0x70, 0x73};

  private static final int LZ4_BLOCK = 4 << 20;
  private static final int LZ4_STORED = 1 << 31; // marks the length of a block that is not shorter

  private BufferCodec() {}

  /**
   * How the buffers of a batch are compressed.
   *
   * @throws IOException if in a way that is not known
   */
  static ArrowCompression of(RecordBatch batch) throws IOException {
    BodyCompression compression = IpcMessage.checked(batch::compression);
    if (compression == null) {
      return ArrowCompression.NONE;
    }
    byte method = IpcMessage.checked(compression::method);
    byte codec = IpcMessage.checked(compression::codec);
    if (method == BodyCompressionMethod.BUFFER && codec == CompressionType.ZSTD) {
      return ArrowCompression.ZSTD;
    }
    if (method == BodyCompressionMethod.BUFFER && codec == CompressionType.LZ4_FRAME) {
      return ArrowCompression.LZ4;
    }
    throw new IOException(
        "its batches are compressed by method %d with codec %d, which are unknown; write it with zstd, lz4 or no compression"
            .formatted(method, codec));
  }

  /** The number that Arrow has for a compression. */
  static byte number(ArrowCompression compression) {
    return switch (compression) {
      case NONE -> throw new IllegalArgumentException("no compression has no number");
      case LZ4 -> CompressionType.LZ4_FRAME;
      case ZSTD -> CompressionType.ZSTD;
    };
  }

  /** Whether a compressed buffer holds its bytes as they are, behind the prefix. */
  static boolean isAsItIs(Region stored) throws IOException {
    return prefix(stored) == AS_IT_IS;
  }

  /** The bytes of a buffer that are not compressed after all. */
  static Region asItIs(Region stored) throws IOException {
    return stored.slice(PREFIX, stored.length() - PREFIX);
  }

  /**
   * The bytes that a compressed buffer takes when it is decompressed, as it says itself.
   *
   * @throws IOException if it does not say that
   */
  static long size(Region stored) throws IOException {
    if (stored.length() == 0) {
      return 0;
    }
    long size = prefix(stored);
    if (size < AS_IT_IS) {
      throw new IOException("a compressed buffer says that it has %,d bytes".formatted(size));
    }
    return size == AS_IT_IS ? stored.length() - PREFIX : size;
  }

  private static long prefix(Region stored) throws IOException {
    byte[] bytes = new byte[PREFIX];
    stored.read(0, bytes, PREFIX);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /**
   * Decompresses a buffer that is not as it is.
   *
   * @param size as the buffer says; the caller has seen to it that there is room for so many
   * @throws IOException if it is damaged
   */
  static byte[] decompress(ArrowCompression compression, Region stored, int size)
      throws IOException {
    byte[] frame = new byte[Math.toIntExact(stored.length() - PREFIX)];
    stored.read(PREFIX, frame, frame.length);
    byte[] bytes = new byte[size];
    if (size == 0) {
      return bytes;
    }
    try {
      int count =
          switch (compression) {
            case NONE -> throw new IllegalArgumentException("the buffer is not compressed");
            case LZ4 -> lz4(frame, bytes);
            case ZSTD -> zstd(frame, bytes);
          };
      if (count != size) {
        throw new IOException("it holds %,d bytes and says %,d".formatted(count, size));
      }
      return bytes;
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "LZ4 needs the library commons-compress, which is not on the class path; add it", e);
    } catch (IOException | ZstdException e) {
      throw new IOException(
          "a buffer that is compressed with %s is damaged: %s"
              .formatted(compression == ArrowCompression.LZ4 ? "lz4" : "zstd", e.getMessage()),
          e);
    }
  }

  private static int zstd(byte[] frame, byte[] bytes) {
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      return zstd.decompressByteArray(bytes, 0, bytes.length, frame, 0, frame.length);
    }
  }

  private static int lz4(byte[] frame, byte[] bytes) throws IOException {
    try (InputStream lz4 = Lz4Frame.open(frame)) {
      int count = lz4.readNBytes(bytes, 0, bytes.length);
      return lz4.read() < 0 ? count : count + 1;
    } catch (RuntimeException e) { // of what the library does not check
      throw new IOException(e.toString(), e);
    }
  }

  /** Apart, because its library is optional: all else has to be loaded without it. */
  private static final class Lz4Frame {
    static InputStream open(byte[] frame) throws IOException {
      return new FramedLZ4CompressorInputStream(new ByteArrayInputStream(frame), true);
    }
  }

  /** The compressed form of bytes; at least one. */
  static byte[] compress(ArrowCompression compression, byte[] bytes) {
    byte[] frame =
        switch (compression) {
          case NONE -> throw new IllegalArgumentException("no compression asked for");
          case LZ4 -> lz4(bytes);
          case ZSTD -> zstd(bytes);
        };
    boolean shorter = frame.length < bytes.length;
    byte[] content = shorter ? frame : bytes;
    return ByteBuffer.allocate(PREFIX + content.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(shorter ? bytes.length : AS_IT_IS)
        .put(content)
        .array();
  }

  private static byte[] zstd(byte[] bytes) {
    byte[] out = new byte[Math.toIntExact(Zstd.compressBound(bytes.length))];
    try (ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(ZSTD_LEVEL)) {
      return Arrays.copyOf(out, zstd.compressByteArray(out, 0, out.length, bytes, 0, bytes.length));
    }
  }

  private static byte[] lz4(byte[] bytes) {
    Lz4Compressor lz4 = new Lz4Compressor();
    int blocks = (bytes.length - 1) / LZ4_BLOCK + 1;
    int most = lz4.maxCompressedLength(Math.min(bytes.length, LZ4_BLOCK));
    byte[] block = new byte[most];
    ByteBuffer out =
        ByteBuffer.allocate(LZ4_HEAD.length + blocks * (Integer.BYTES + most) + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(LZ4_HEAD);
    for (int from = 0; from < bytes.length; from += LZ4_BLOCK) {
      int length = Math.min(LZ4_BLOCK, bytes.length - from);
      int compressed = lz4.compress(bytes, from, length, block, 0, most);
      if (compressed < length) {
        out.putInt(compressed).put(block, 0, compressed);
      } else {
        out.putInt(length | LZ4_STORED).put(bytes, from, length);
      }
    }
    out.putInt(0); // the end
    return Arrays.copyOf(out.array(), out.position());
  }
}
