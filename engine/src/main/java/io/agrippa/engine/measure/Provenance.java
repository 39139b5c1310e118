package io.agrippa.engine.measure;

import java.util.Objects;

/**
 * What made a measurement, and where.
 *
 * @param version version of Agrippa
 * @param java version and maker of the Java virtual machine
 * @param os name, version and architecture of the operating system
 * @param cores processors that the virtual machine may use
 * @param maxHeapBytes largest heap that the virtual machine may use
 * @param modelDigest SHA-256 of the model's document, hexadecimal
 * @param command what was asked for, as the user would type it
 */
public record Provenance(
    String version,
    String java,
    String os,
    int cores,
    long maxHeapBytes,
    String modelDigest,
    String command) {
  public Provenance {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(java, "java");
    Objects.requireNonNull(os, "os");
    Objects.requireNonNull(modelDigest, "modelDigest");
    Objects.requireNonNull(command, "command");
  }

  /** The provenance of what this virtual machine does now. */
  public static Provenance here(String version, String modelDigest, String command) {
    return new Provenance(
        version,
        "%s (%s)"
            .formatted(
                System.getProperty("java.runtime.version"), System.getProperty("java.vm.name")),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory(),
        modelDigest,
        command);
  }
}
