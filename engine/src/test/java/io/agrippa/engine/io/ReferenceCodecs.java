package io.agrippa.engine.io;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Codecs for the reference implementation, whose own ones need more of Hadoop than tests should.
 */
final class ReferenceCodecs implements CompressionCodecFactory {
  private static byte[] bytes(BytesInput input) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    input.writeAllTo(out);
    return out.toByteArray();
  }

  private static byte[] compress(CompressionCodecName codec, byte[] in) throws IOException {
    return switch (codec) {
      case SNAPPY -> Snappy.compress(in);
      case ZSTD -> Zstd.compress(in);
      case GZIP -> {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
          gzip.write(in);
        }
        yield out.toByteArray();
      }
      case LZ4_RAW -> {
        Lz4Compressor lz4 = new Lz4Compressor();
        byte[] out = new byte[lz4.maxCompressedLength(in.length)];
        yield Arrays.copyOf(out, lz4.compress(in, 0, in.length, out, 0, out.length));
      }
      default -> in;
    };
  }

  private static byte[] decompress(CompressionCodecName codec, byte[] in, int size)
      throws IOException {
    return switch (codec) {
      case SNAPPY -> Snappy.uncompress(in);
      case ZSTD -> Zstd.decompress(in, size);
      case GZIP -> new GZIPInputStream(new ByteArrayInputStream(in)).readAllBytes();
      case LZ4_RAW -> {
        byte[] out = new byte[size];
        new Lz4Decompressor().decompress(in, 0, in.length, out, 0, size);
        yield out;
      }
      default -> in;
    };
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput bytes) throws IOException {
        return BytesInput.from(ReferenceCodecs.compress(codec, ReferenceCodecs.bytes(bytes)));
      }

      @Override
      public CompressionCodecName getCodecName() {
        return codec;
      }

      @Override
      public void release() {}
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return new BytesInputDecompressor() {
      @Override
      public BytesInput decompress(BytesInput bytes, int size) throws IOException {
        return BytesInput.from(
            ReferenceCodecs.decompress(codec, ReferenceCodecs.bytes(bytes), size));
      }

      @Override
      public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int size)
          throws IOException {
        byte[] in = new byte[compressed];
        input.get(in);
        output.put(ReferenceCodecs.decompress(codec, in, size));
      }

      @Override
      public void release() {}
    };
  }

  @Override
  public void release() {}
}
