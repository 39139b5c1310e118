package io.agrippa.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all engines on all workloads, one thread each, then Agrippa with two, and prints a table of
 * time a row with ratios, and what was aimed at; the same as JSON in a file.
 */
public final class ScoringTable {
  private static final double[] MISSING = {0, 0.1};

  private final Path models;
  private final PrintStream out;
  private final List<Line> lines = new ArrayList<>();

  /** A measurement; nanoseconds a row. */
  private record Line(
      Workload workload,
      double missing,
      Workload.Engine engine,
      int threads,
      double wall,
      double cpu) {}

  /** A ratio that the project aims at. */
  private record Aim(String what, double least, double measured) {}

  private ScoringTable(Path models, PrintStream out) {
    this.models = models;
    this.out = out;
  }

  /**
   * Runs the benchmarks.
   *
   * @param arguments folder for models and results, {@code benchmarks/target} if none is given;
   *     then names of workloads, all if none is given
   */
  public static void main(String[] arguments) throws RunnerException, IOException {
    Path folder = Path.of(arguments.length == 0 ? "benchmarks/target" : arguments[0]);
    List<Workload> workloads =
        arguments.length < 2
            ? List.of(Workload.values())
            : Arrays.stream(arguments)
                .skip(1)
                .map(name -> Workload.valueOf(name.toUpperCase(Locale.ROOT)))
                .toList();
    ScoringTable table = new ScoringTable(folder.resolve("models").toAbsolutePath(), System.out);
    table.out.println("models: " + table.models);
    new Models(table.models).prepare(Models.Size.FULL);
    for (Workload workload : workloads) {
      for (double missing : MISSING) {
        table.run(workload, missing);
      }
    }
    List<Aim> aims = table.aims(workloads);
    table.print(aims);
    table.write(folder.resolve("scoring.json"), aims);
  }

  private void run(Workload workload, double missing) throws RunnerException {
    for (Workload.Engine engine : workload.engines(missing)) {
      run(workload, missing, engine, 1);
    }
    run(workload, missing, Workload.Engine.AGRIPPA, 2);
  }

  private void run(Workload workload, double missing, Workload.Engine engine, int threads)
      throws RunnerException {
    Options options =
        new OptionsBuilder()
            .include(ScoringBenchmark.class.getName() + ".score")
            .param("workload", workload.name())
            .param("engine", engine.name())
            .param("missing", Double.toString(missing))
            .param("models", models.toString())
            .threads(threads)
            .addProfiler(CpuTime.class)
            .jvmArgsAppend("-Xmx3g")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();
    RunResult result = new Runner(options).runSingle();
    Line line =
        new Line(
            workload,
            missing,
            engine,
            threads,
            result.getPrimaryResult().getScore(),
            result.getSecondaryResults().get(CpuTime.RESULT).getScore());
    lines.add(line);
    out.println(text(line));
  }

  private OptionalDouble cpu(Workload workload, double missing, Workload.Engine engine) {
    return lines.stream()
        .filter(line -> line.workload == workload && line.missing == missing)
        .filter(line -> line.engine == engine && line.threads == 1)
        .mapToDouble(Line::cpu)
        .findFirst();
  }

  /** Agrippa with one thread on the same workload. */
  private Line ours(Line line) {
    return lines.stream()
        .filter(other -> other.workload == line.workload && other.missing == line.missing)
        .filter(other -> other.engine == Workload.Engine.AGRIPPA && other.threads == 1)
        .findFirst()
        .orElseThrow();
  }

  /** How many times as long it takes as Agrippa with one thread; for two threads, the speed-up. */
  private double ratio(Line line) {
    Line ours = ours(line);
    // JMH's average time is that of one thread, so twice as many rows are done in it by two.
    return line.threads == 1 ? line.cpu / ours.cpu : line.threads * ours.wall / line.wall;
  }

  private List<Aim> aims(List<Workload> workloads) {
    List<Aim> aims = new ArrayList<>();
    for (Workload workload : workloads) {
      for (double missing : MISSING) {
        String where = String.format(Locale.ROOT, "%s, %.0f %% missing: ", workload, missing * 100);
        switch (workload) {
          case BOOSTED -> {
            aims.add(aim(where, workload, missing, Workload.Engine.XGBOOST, 2));
            aims.add(aim(where, workload, missing, Workload.Engine.JPMML, 60));
          }
          case LOGISTIC -> aims.add(aim(where, workload, missing, Workload.Engine.JPMML, 50));
          case FOREST -> {
            // Nothing was promised: it is measured for what it is.
          }
        }
        for (Line line : lines) {
          if (line.workload == workload && line.missing == missing && line.threads > 1) {
            aims.add(new Aim(where + line.threads + " threads over 1", 1.8, ratio(line)));
          }
        }
      }
    }
    return aims;
  }

  private Aim aim(
      String where, Workload workload, double missing, Workload.Engine than, double least) {
    double measured =
        cpu(workload, missing, than).orElseThrow()
            / cpu(workload, missing, Workload.Engine.AGRIPPA).orElseThrow();
    return new Aim(where + "times as fast as " + than.title(), least, measured);
  }

  private String text(Line line) {
    return String.format(
        Locale.ROOT,
        "%-10s %7.0f%% %-36s %7d %14.1f %14.1f %8.2f",
        line.workload,
        line.missing * 100,
        line.engine.title(),
        line.threads,
        line.wall,
        line.cpu,
        ratio(line));
  }

  private void print(List<Aim> aims) {
    out.println();
    out.printf(
        "%-10s %8s %-36s %7s %14s %14s %8s%n",
        "workload", "missing", "engine", "threads", "wall ns/row", "CPU ns/row", "ratio");
    lines.forEach(line -> out.println(text(line)));
    out.println();
    out.println(
        "ratio: CPU time over Agrippa's on blocks; for two threads, the speed-up by wall time");
    out.println();
    for (Aim aim : aims) {
      out.printf(
          Locale.ROOT,
          "%-75s %8.2f, aimed at %4.1f: %s%n",
          aim.what,
          aim.measured,
          aim.least,
          aim.measured >= aim.least ? "reached" : "missed");
    }
  }

  private void write(Path file, List<Aim> aims) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("java", System.getProperty("java.runtime.version"));
    root.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    root.put("processors", Runtime.getRuntime().availableProcessors());
    root.put("rows", ScoringBenchmark.ROWS);
    ArrayNode results = root.putArray("results");
    for (Line line : lines) {
      results
          .addObject()
          .put("workload", line.workload.toString())
          .put("missing", line.missing)
          .put("engine", line.engine.title())
          .put("threads", line.threads)
          .put("wallNanosPerRow", line.wall)
          .put("cpuNanosPerRow", line.cpu)
          .put("ratio", ratio(line));
    }
    ArrayNode wanted = root.putArray("aims");
    for (Aim aim : aims) {
      wanted
          .addObject()
          .put("what", aim.what)
          .put("least", aim.least)
          .put("measured", aim.measured);
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
    out.println("written to " + file);
  }
}
