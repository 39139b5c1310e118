package io.agrippa.engine.process;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;

/** What a worker process runs. Not for people: it speaks {@link Wire} and nothing else. */
public final class WorkerMain {
  private static final int BUFFER = 1 << 16;

  private WorkerMain() {}

  /**
   * Works until the parent says that nothing more comes, or is gone.
   *
   * @param args none
   */
  public static void main(String[] args) {
    // Standard output is the parent's: what anybody else prints goes where it can be read.
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in), BUFFER);
    System.setIn(InputStream.nullInputStream());
    new Worker(in, out).run();
  }
}
