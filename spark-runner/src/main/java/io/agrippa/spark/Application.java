package io.agrippa.spark;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A driver in a process of its own. Messages are received by one thread; any may cancel. Closing it
 * ends the process.
 */
final class Application implements AutoCloseable {
  /** So much of what it prints is kept for messages. */
  private static final int KEPT_CHARS = 8192;

  /** How long a driver that was cancelled may take to clean up. */
  private static final long PATIENCE_SECONDS = 15;

  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out; // guarded by this
  private final StringBuilder printed = new StringBuilder(); // guarded by itself
  private final Thread printer;

  private Application(Process process) {
    this.process = process;
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.out = new DataOutputStream(process.getOutputStream());
    this.printer = new Thread(this::keep, "agrippa-spark-stderr");
    printer.setDaemon(true);
    printer.start();
  }

  static Application start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    return new Application(builder.start());
  }

  private void keep() {
    byte[] buffer = new byte[4096];
    try (InputStream errors = process.getErrorStream()) {
      for (int read = errors.read(buffer); read >= 0; read = errors.read(buffer)) {
        synchronized (printed) {
          printed.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
          printed.delete(0, Math.max(0, printed.length() - KEPT_CHARS));
        }
      }
    } catch (IOException e) {
      // The process is gone.
    }
  }

  synchronized void send(Message message) throws IOException {
    Message.write(message, out);
  }

  /** The next message, or null where the driver is gone. */
  Message receive() throws IOException {
    return Message.read(in);
  }

  /** Tells the driver to give its job up, and waits until it has, or ends it. */
  void cancel() {
    try {
      send(new Message.Cancel());
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // It is gone already.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }

  /** The end of what it printed, as the cause of a failure. */
  Throwable words() {
    return new IllegalStateException("Spark's driver said last:\n" + tail());
  }

  private String tail() {
    synchronized (printed) {
      return printed.toString();
    }
  }

  /** How it ended, and what it printed last. */
  String obituary() {
    String end = "it is still there";
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        end = "exit code " + process.exitValue();
      }
      printer.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return end + ", and it said last: " + tail().strip();
  }

  @Override
  public void close() {
    try {
      out.close(); // it ends when its standard input does
    } catch (IOException e) {
      // It is gone already.
    }
    try {
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
