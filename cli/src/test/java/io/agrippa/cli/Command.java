package io.agrippa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command in a JVM of its own, as the launcher starts it. What it prints goes to files beside
 * nothing that a test looks at.
 */
final class Command {
  /** Not a demand on speed: so that a command that hangs fails its test instead of hanging it. */
  private static final long PATIENCE_SECONDS = 300;

  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

  /** What the launcher adds, or Java warns of the native library behind zstd. */
  private static final List<String> SINCE_JAVA_23 = List.of("--enable-native-access=ALL-UNNAMED");

  private final List<String> jvmOptions = new ArrayList<>(QUICK_START);
  private final List<String> arguments;
  private final List<String> wrapper = new ArrayList<>();
  private Path input;

  /** What a command that has ended left behind. */
  record Result(int code, String out, String err) {
    /** Asserts that it did what it was to do. */
    Result succeeded() {
      assertThat(code).as("exit code; standard error: %s", err).isZero();
      return this;
    }
  }

  private Command(List<String> arguments) {
    this.arguments = arguments;
    if (Runtime.version().feature() >= 23) {
      jvmOptions.addAll(SINCE_JAVA_23);
    }
  }

  static Command agrippa(String... arguments) {
    return new Command(List.of(arguments));
  }

  /** An option of its JVM. */
  Command with(String jvmOption) {
    jvmOptions.add(jvmOption);
    return this;
  }

  /** Its standard input is this file; nothing if none is given. */
  Command from(Path file) {
    input = file;
    return this;
  }

  /** A command that runs the command, such as {@code env}. */
  Command under(String... command) {
    wrapper.addAll(List.of(command));
    return this;
  }

  /** The whole line, for a shell. */
  List<String> line() {
    List<String> line = new ArrayList<>(wrapper);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(jvmOptions);
    for (String property : List.of("agrippa.root", "agrippa.data")) {
      if (System.getProperty(property) != null) {
        line.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(arguments);
    return line;
  }

  /** Runs it to its end. */
  Result run() throws IOException, InterruptedException {
    File nothing = new File(File.separatorChar == '/' ? "/dev/null" : "NUL");
    Running running = start(builder().redirectInput(input == null ? nothing : input.toFile()));
    return running.end();
  }

  /** Starts it; its standard input is the process's output stream, to be written and closed. */
  Running start() throws IOException {
    return start(builder());
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(line());
    // What the tests are run with is not what the command is to be run with.
    builder.environment().keySet().removeAll(List.of("AGRIPPA_DEBUG", "JAVA_TOOL_OPTIONS"));
    builder.environment().putAll(Map.of("COLUMNS", "100", "LC_ALL", "C.UTF-8"));
    return builder;
  }

  private static Running start(ProcessBuilder builder) throws IOException {
    Path out = Files.createTempFile("agrippa-test-", ".out");
    Path err = Files.createTempFile("agrippa-test-", ".err");
    return new Running(
        builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
  }

  /** A command that is running. */
  record Running(Process process, Path out, Path err) {
    /** Waits for its end; standard input must be closed or of no interest to it. */
    Result end() throws InterruptedException {
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError(
              "still running after %d s; it printed: %s%s"
                  .formatted(PATIENCE_SECONDS, Files.readString(out), Files.readString(err)));
        }
        Result result =
            new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
