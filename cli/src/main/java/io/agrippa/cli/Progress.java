package io.agrippa.cli;

import io.agrippa.engine.run.RunListener;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A bar with rows a second and the time left, where rows or bytes to come are known; else a count.
 */
final class Progress implements RunListener, AutoCloseable {
  private static final int USUAL_WIDTH = 100;
  private static final int INTERVAL_MILLIS = 200;
  private static final long MIB = 1L << 20;

  private final PrintStream terminal; // null: nothing is shown
  private ProgressBar bar;
  private boolean byBytes;
  private long rows;
  private long start;

  private Progress(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Progress on the terminal, which is standard error. */
  static Progress ofTerminal() {
    return new Progress(System.err);
  }

  /** Progress that nobody sees. */
  static Progress none() {
    return new Progress(null);
  }

  /** Whether standard error is a terminal: the launcher knows, the platform does not tell. */
  static boolean isWanted() {
    return Boolean.getBoolean("agrippa.terminal");
  }

  @Override
  public void started(OptionalLong allRows, OptionalLong allBytes) {
    if (terminal == null) {
      return;
    }
    start = System.nanoTime();
    byBytes = allRows.isEmpty() && allBytes.isPresent();
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName("agrippa")
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(INTERVAL_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(terminal, width()))
            .setInitialMax(byBytes ? allBytes.getAsLong() : allRows.orElse(-1));
    bar = (byBytes ? builder.setUnit(" MiB", MIB) : withSpeed(builder)).build();
  }

  private static ProgressBarBuilder withSpeed(ProgressBarBuilder builder) {
    DecimalFormat grouped =
        new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return builder.setUnit(" rows", 1).setSpeedUnit(ChronoUnit.SECONDS).showSpeed(grouped);
  }

  private static int width() {
    try {
      return Math.max(20, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "")));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH; // the shell does not tell
    }
  }

  @Override
  public void advanced(long moreRows, long moreBytes) {
    if (bar == null) {
      return;
    }
    rows += moreRows;
    if (byBytes) {
      bar.stepBy(moreBytes);
      double seconds = (System.nanoTime() - start) / 1e9;
      bar.setExtraMessage(String.format(Locale.ROOT, "%,.0f rows/s", rows / seconds));
    } else {
      bar.stepBy(moreRows);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
