package io.agrippa.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A study by the real command, interrupted as Ctrl-C does. */
class CompareProcessTest {
  private static final int SIGINT_CODE = 128 + 2;

  @TempDir private Path folder;

  /** The time-out is no demand on speed: a study of a million runs must not hang the build. */
  @Test
  @Timeout(300)
  void anInterruptKeepsWhatWasMeasuredAndSaysThatItIsPartial() throws Exception {
    assumeTrue(File.separatorChar == '/', "signals are sent with kill");
    Path page = folder.resolve("page.html");
    List<String> line = new ArrayList<>();
    String[] env = {"env", "--default-signal=INT"}; // a build in the background ignores it
    if (new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0) {
      line.addAll(List.of(env));
    }
    line.addAll(
        Command.agrippa(
                "compare",
                "--model=model:diamond-price",
                "--input=dataset:diamonds",
                "--on=threads:1",
                "--limit=500",
                "--warmup=0",
                "--repeat=500000",
                "--report=" + page,
                "--csv=" + folder.resolve("runs.csv"))
            .with("-Dagrippa.terminal=true") // for the progress that tells when to interrupt
            .line());
    Process process = new ProcessBuilder(line).start();
    process.getOutputStream().close();
    StringBuilder told = new StringBuilder();
    try (InputStream err = process.getErrorStream()) {
      byte[] some = new byte[4096];
      boolean interrupted = false;
      for (int n = err.read(some); n >= 0; n = err.read(some)) {
        told.append(new String(some, 0, n, UTF_8));
        if (!interrupted && told.indexOf("run 6 of 1000000") >= 0) {
          interrupted = true;
          assertThat(
                  new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                      .start()
                      .waitFor())
              .isZero();
        }
      }
    }
    assertThat(process.waitFor()).as(told.toString()).isEqualTo(SIGINT_CODE);
    assertThat(told.toString()).contains("PARTIAL").contains("Workers:");
    assertThat(Files.readString(page)).contains("The study was cancelled");
    assertThat(Files.readAllLines(folder.resolve("runs.csv"))).hasSizeGreaterThan(5);
  }
}
