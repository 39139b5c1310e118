package io.agrippa.cli.compare;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.agrippa.engine.scaling.Configuration;
import io.agrippa.engine.scaling.StudyResult;
import io.agrippa.engine.scaling.StudyRun;
import java.io.IOException;
import java.io.StringWriter;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The measured runs of a study, one a line, for other tools. */
public final class StudyCsv {
  private StudyCsv() {}

  /** With a line of heads; what the platform did not tell is an empty field. */
  public static String of(StudyResult study) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      write(study, csv);
    }
    return text.toString();
  }

  private static void write(StudyResult study, CsvWriter csv) {
    csv.writeRecord(
        "runner",
        "partition",
        "limit",
        "repeat",
        "position",
        "wallSeconds",
        "rows",
        "workers",
        "busySeconds",
        "idleSeconds",
        "cpuSeconds",
        "processCpuSeconds",
        "partitions",
        "partitionTotalSeconds",
        "partitionLongestSeconds",
        "gcSeconds",
        "allocatedBytes",
        "outputDigest");
    for (StudyRun run : study.runs()) {
      Configuration configuration = study.configurations().get(run.configuration());
      csv.writeRecord(
          configuration.runner(),
          configuration.partitioning().toString(),
          text(configuration.limit()),
          String.valueOf(run.repeat()),
          String.valueOf(run.position()),
          String.valueOf(run.wall()),
          String.valueOf(run.rows()),
          String.valueOf(run.workers().size()),
          String.valueOf(run.workers().stream().mapToDouble(StudyRun.Worker::busy).sum()),
          String.valueOf(run.workers().stream().mapToDouble(StudyRun.Worker::idle).sum()),
          text(run.cpu()),
          text(run.processCpu()),
          String.valueOf(run.partitions()),
          String.valueOf(run.partitionTotal()),
          String.valueOf(run.partitionLongest()),
          text(run.gc()),
          text(run.allocated()),
          run.outputDigest());
    }
  }

  private static String text(OptionalLong value) {
    return value.isPresent() ? String.valueOf(value.getAsLong()) : "";
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.valueOf(value.getAsDouble()) : "";
  }
}
