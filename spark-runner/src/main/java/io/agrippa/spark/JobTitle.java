package io.agrippa.spark;

import io.agrippa.engine.run.Job;

/** What a job is called on Spark's pages: {@code Agrippa score flights-delay: in.csv → out.csv}. */
final class JobTitle {
  private JobTitle() {}

  static String of(Job job) {
    String what =
        job.analysis().map(Job.Analysis::name).orElse(job.model().isPresent() ? "score" : "copy");
    return "Agrippa "
        + what
        + job.model().map(model -> " " + name(model.place())).orElse("")
        + ": "
        + name(job.input().place())
        + job.output().map(output -> " → " + name(output.place())).orElse("");
  }

  /** The last part of a path, or what stands behind the prefix of a catalogue. */
  private static String name(String place) {
    String path = place.endsWith("/") ? place.substring(0, place.length() - 1) : place;
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.substring(last.indexOf(':') + 1);
  }
}
