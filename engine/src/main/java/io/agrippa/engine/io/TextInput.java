package io.agrippa.engine.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Bytes that text is read from. */
sealed interface TextInput {
  /** What it is called in messages. */
  String name();

  /** Number of bytes where known. */
  OptionalLong bytes() throws IOException;

  /** Opens it. */
  InputStream open() throws IOException;

  /** A file, which can be opened again and again. */
  record File(Path path) implements TextInput {
    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public OptionalLong bytes() throws IOException {
      return Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(path);
    }
  }

  /**
   * A stream, which can be read once. Closing what it opens does not close the stream: it is its
   * owner's.
   */
  record Stream(String name, InputStream stream) implements TextInput {
    @Override
    public OptionalLong bytes() {
      return OptionalLong.empty();
    }

    @Override
    public InputStream open() {
      return new FilterInputStream(stream) {
        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          return in.read(bytes, offset, length);
        }

        @Override
        public void close() {}
      };
    }
  }
}
