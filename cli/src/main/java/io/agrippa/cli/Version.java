package io.agrippa.cli;

import io.agrippa.engine.Agrippa;
import picocli.CommandLine.IVersionProvider;

/** The version of the library, and the Java it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "agrippa " + Agrippa.version(),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }
}
