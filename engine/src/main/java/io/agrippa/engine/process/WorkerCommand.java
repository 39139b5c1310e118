package io.agrippa.engine.process;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The command that starts a worker as this virtual machine was started. */
final class WorkerCommand {
  /** Whatever the model: a virtual machine with less has hardly room for its own classes. */
  private static final long MIN_HEAP = 32L << 20;

  private static final Path SHELL = Path.of("/bin/sh");

  /** Options of this virtual machine that its workers get too; not its heap, not its debugger. */
  private static final List<String> INHERITED =
      List.of("-D", "-Xshare", "-XX:SharedArchiveFile", "-Xlog", "--add-opens", "--add-exports");

  private WorkerCommand() {}

  /** Java as it runs here, with the same class path, and with so much heap. */
  static List<String> java(long heapBytes) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      // Ctrl-C goes to all processes of a terminal, but what it ends is decided by the parent: its
      // workers end with it. What is ignored when a virtual machine starts stays ignored.
      command.addAll(List.of(SHELL.toString(), "-c", "trap '' INT HUP; exec \"$@\"", "agrippa"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + Math.max(MIN_HEAP, heapBytes) / 1024 + "k");
    command.add("-XX:+UseSerialGC"); // one thread computes, so one may collect
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:+DisplayVMOutputToStderr");
    for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (INHERITED.stream().anyMatch(option::startsWith)) {
        command.add(option);
      }
    }
    if (!command.contains("--add-opens=java.base/java.nio=ALL-UNNAMED")) {
      command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    }
    if (Runtime.version().feature() >= 23) {
      command.add("--sun-misc-unsafe-memory-access=allow"); // or Java warns of Arrow
      command.add("--enable-native-access=ALL-UNNAMED"); // and of the library behind zstd
    }
    for (String name : new TreeSet<>(System.getProperties().stringPropertyNames())) {
      if (name.startsWith("agrippa.")) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(WorkerMain.class.getName());
    return command;
  }
}
