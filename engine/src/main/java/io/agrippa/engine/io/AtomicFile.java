package io.agrippa.engine.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears under its name only when it is whole. It is written beside its place, as
 * {@code .NAME.agrippa-RANDOM.tmp}, so that the last step is a move within one file system.
 */
final class AtomicFile extends OutputTarget {
  private final Path target;
  private final Path temporary;
  private final Existing existing;
  private final FileChannel channel;
  private boolean done;

  private AtomicFile(
      String name, Path target, Path temporary, Existing existing, FileChannel channel) {
    super(name);
    this.target = target;
    this.temporary = temporary;
    this.existing = existing;
    this.channel = channel;
  }

  /**
   * Starts to write a file.
   *
   * @throws IOException if it exists and may not be replaced, or cannot be written
   */
  static AtomicFile create(Path path, Existing existing) throws IOException {
    // A link is followed, so that what it points to is replaced and not the link.
    Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
    if (Files.isDirectory(target)) {
      throw new IOException(
          path
              + " is a directory; give the name of a file, for example "
              + path.resolve("scored.parquet"));
    }
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(
          "%s: the directory %s does not exist; create it first".formatted(path, folder));
    }
    requireNew(path, target, existing);
    Path temporary =
        folder.resolve(".%s.agrippa-%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new AtomicFile(path.toString(), target, temporary, existing, channel);
    } catch (AccessDeniedException e) {
      throw new IOException(
          "%s cannot be written: no permission to write into %s".formatted(path, folder), e);
    } catch (IOException e) {
      throw new IOException("%s cannot be written: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static void requireNew(Path path, Path target, Existing existing) throws IOException {
    if (existing == Existing.FAIL && Files.exists(target)) {
      throw new FileAlreadyExistsException(
          path.toString(),
          null,
          "it exists already; ask for it to be overwritten, or give another name");
    }
  }

  @Override
  void put(byte[] buffer, int from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, from, length);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  void finish() throws IOException {
    channel.force(true); // or a crash could leave the name with nothing behind it
    channel.close();
    requireNew(target, target, existing); // somebody may have made it in the meantime
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    done = true;
  }

  @Override
  public void close() throws IOException {
    if (!done) {
      done = true;
      try {
        channel.close();
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }
}
