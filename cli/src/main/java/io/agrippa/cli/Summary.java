package io.agrippa.cli;

import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.run.Job;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run did, in a few lines for people. */
final class Summary {
  private static final long MIB = 1L << 20;
  private static final long KIB = 1L << 10;

  private Summary() {}

  static void print(Job job, Measurement measured, PrintWriter to) {
    line(
        to,
        "%,d rows in %s (%,.0f rows/s) by %s",
        measured.rows(),
        seconds(measured.wall()),
        measured.rowsPerSecond(),
        measured.runner());
    if (measured.badRows() > 0) {
      line(to, "%,d of them could not be scored", measured.badRows());
    }
    measured.incidents().forEach(incident -> line(to, "note: %s", incident));
    line(to, "phases: %s%s", phases(measured.phases()), workers(measured.workers().size()));
    String written =
        job.output()
            .map(output -> ", wrote %s to %s".formatted(bytes(measured.bytesOut()), place(output)))
            .orElse("");
    line(to, "read %s%s", bytes(measured.bytesIn()), written);
    line(to, "output digest %s", measured.outputDigest());
    to.flush();
  }

  private static void line(PrintWriter to, String format, Object... values) {
    to.println(String.format(Locale.ROOT, format, values));
  }

  private static String phases(Map<Phase, Duration> phases) {
    return phases.entrySet().stream()
        .map(e -> e.getKey().name().toLowerCase(Locale.ROOT) + " " + seconds(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String workers(int count) {
    return count > 1 ? " (read, score and write summed over " + count + " threads)" : "";
  }

  private static String place(Job.Dataset output) {
    return output.place().equals(OutputOptions.STANDARD_OUTPUT)
        ? "standard output"
        : output.place();
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
  }

  static String bytes(long count) {
    if (count >= MIB) {
      return String.format(Locale.ROOT, "%,.1f MiB", (double) count / MIB);
    }
    return count >= KIB
        ? String.format(Locale.ROOT, "%,.1f KiB", (double) count / KIB)
        : count + " bytes";
  }
}
