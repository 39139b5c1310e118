package io.agrippa.cli;

import io.agrippa.engine.scaling.Configuration;
import io.agrippa.engine.scaling.StudyListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** One line on the terminal that says what a study runs and how long it will take. */
final class StudyProgress implements StudyListener {
  private static final int WIDTH = 79;

  private final PrintWriter terminal;
  private boolean shown;

  private StudyProgress(PrintWriter terminal) {
    this.terminal = terminal;
  }

  static StudyProgress on(PrintWriter terminal) {
    return new StudyProgress(terminal);
  }

  @Override
  public void starting(int step, int steps, Configuration what, Optional<Duration> left) {
    String time = left.map(duration -> ", about " + words(duration) + " left").orElse("");
    String line = String.format(Locale.ROOT, "run %d of %d%s: %s", step, steps, time, what);
    terminal.print("\r" + fitted(line));
    terminal.flush();
    shown = true;
  }

  /** Clears the line. */
  void end() {
    if (shown) {
      terminal.print("\r" + " ".repeat(WIDTH) + "\r");
      terminal.flush();
    }
  }

  private static String fitted(String line) {
    return line.length() > WIDTH
        ? line.substring(0, WIDTH)
        : line + " ".repeat(WIDTH - line.length());
  }

  static String words(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return Math.max(1, seconds) + " s";
    }
    return seconds < 3600
        ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
        : "%d h %02d min".formatted(seconds / 3600, seconds / 60 % 60);
  }
}
