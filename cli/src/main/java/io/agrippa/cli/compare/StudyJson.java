package io.agrippa.cli.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.Provenance;
import io.agrippa.engine.scaling.Configuration;
import io.agrippa.engine.scaling.StudyResult;
import io.agrippa.engine.scaling.StudyRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a study measured as JSON, and back: reading what was written gives an equal value, so that
 * every figure can be computed from the JSON again. Times are in seconds.
 */
public final class StudyJson {
  /** Under which an analysis keeps what was simulated, so that it can be simulated again. */
  static final String SIMULATE = "simulate";

  private static final String FORMAT = "agrippa-study-1";

  private StudyJson() {}

  /** The measurements, one entry a configuration with its repeats. */
  static Map<String, Object> of(StudyResult study) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("command", study.command());
    json.put("model", study.model());
    json.put("input", study.input());
    json.put("output", study.output());
    json.put("end", study.end().name().toLowerCase(Locale.ROOT));
    json.put("seed", study.seed());
    json.put("repeats", study.repeats());
    json.put("warmups", study.warmups());
    study.loadBefore().ifPresent(load -> json.put("loadBefore", load));
    json.put("provenance", provenance(study.provenance()));
    List<Object> configurations = new ArrayList<>();
    for (int i = 0; i < study.configurations().size(); i++) {
      Configuration configuration = study.configurations().get(i);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("runner", configuration.runner());
      entry.put("partition", configuration.partitioning().toString());
      configuration.limit().ifPresent(limit -> entry.put("limit", limit));
      entry.put("runs", study.runsOf(i).stream().map(StudyJson::run).toList());
      configurations.add(entry);
    }
    json.put("configurations", configurations);
    return json;
  }

  private static Map<String, Object> run(StudyRun run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("repeat", run.repeat());
    json.put("position", run.position());
    json.put("wallSeconds", run.wall());
    json.put("rows", run.rows());
    json.put("bytesIn", run.bytesIn());
    json.put("bytesOut", run.bytesOut());
    json.put("outputDigest", run.outputDigest());
    Map<String, Object> phases = new LinkedHashMap<>();
    run.phases()
        .forEach((phase, seconds) -> phases.put(phase.name().toLowerCase(Locale.ROOT), seconds));
    json.put("phases", phases);
    json.put("workers", run.workers().stream().map(StudyJson::worker).toList());
    json.put("partitions", run.partitions());
    json.put("partitionTotalSeconds", run.partitionTotal());
    json.put("partitionLongestSeconds", run.partitionLongest());
    run.gc().ifPresent(seconds -> json.put("gcSeconds", seconds));
    run.processCpu().ifPresent(seconds -> json.put("processCpuSeconds", seconds));
    if (!run.incidents().isEmpty()) {
      json.put("incidents", run.incidents());
    }
    run.allocated().ifPresent(bytes -> json.put("allocatedBytes", bytes));
    if (!run.spans().isEmpty()) {
      // One short array a partition: [partition, worker, rows, start, end, busy].
      json.put(
          "spans",
          run.spans().stream()
              .map(
                  s ->
                      List.<Object>of(
                          s.partition(), s.worker(), s.rows(), s.start(), s.end(), s.busy()))
              .toList());
    }
    return json;
  }

  private static Map<String, Object> worker(StudyRun.Worker worker) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", worker.rows());
    json.put("busySeconds", worker.busy());
    json.put("inputWaitSeconds", worker.inputWait());
    json.put("roomWaitSeconds", worker.roomWait());
    json.put("otherWaitSeconds", worker.otherWait());
    worker.cpu().ifPresent(seconds -> json.put("cpuSeconds", seconds));
    return json;
  }

  private static Map<String, Object> provenance(Provenance provenance) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", provenance.version());
    json.put("java", provenance.java());
    json.put("os", provenance.os());
    json.put("cores", provenance.cores());
    json.put("maxHeapBytes", provenance.maxHeapBytes());
    json.put("modelDigest", provenance.modelDigest());
    json.put("command", provenance.command());
    return json;
  }

  /**
   * Reads a study that was written before.
   *
   * @throws IOException if the file cannot be read or holds no such study; the message says where
   */
  public static StudyResult read(Path file) throws IOException {
    JsonNode root = tree(file);
    try {
      return new Reader(file).study(root);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * What was simulated with a study that was written before, in the words of {@code --simulate};
   * empty where nothing was.
   *
   * @throws IOException as {@link #read}
   */
  public static Map<String, String> simulated(Path file) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    tree(file)
        .path(SIMULATE)
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  private static JsonNode tree(Path file) throws IOException {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s:%d: this is no JSON: %s; give what agrippa compare --json printed"
              .formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    }
    if (!root.path("format").asText().equals(FORMAT)) {
      throw new IOException(
          file + ": this is no study of this version; give what agrippa compare --json printed");
    }
    return root;
  }

  /** Reads the parts; whatever is missing or of another kind is an error that names it. */
  private record Reader(Path file) {
    StudyResult study(JsonNode root) throws IOException {
      List<Configuration> configurations = new ArrayList<>();
      List<StudyRun> runs = new ArrayList<>();
      for (JsonNode entry : list(root, "configurations")) {
        for (JsonNode run : list(entry, "runs")) {
          runs.add(run(run, configurations.size()));
        }
        configurations.add(
            new Configuration(
                text(entry, "runner"),
                Partitioning.parse(text(entry, "partition")),
                optionalLong(entry, "limit")));
      }
      runs.sort(Comparator.comparingInt(StudyRun::position));
      return new StudyResult(
          text(root, "command"),
          text(root, "model"),
          text(root, "input"),
          text(root, "output"),
          provenance(node(root, "provenance")),
          whole(root, "seed"),
          (int) whole(root, "repeats"),
          (int) whole(root, "warmups"),
          StudyResult.End.valueOf(text(root, "end").toUpperCase(Locale.ROOT)),
          optionalDouble(root, "loadBefore"),
          configurations,
          runs);
    }

    private StudyRun run(JsonNode run, int configuration) throws IOException {
      Map<Phase, Double> phases = new EnumMap<>(Phase.class);
      for (Map.Entry<String, JsonNode> phase : node(run, "phases").properties()) {
        phases.put(
            Phase.valueOf(phase.getKey().toUpperCase(Locale.ROOT)), phase.getValue().asDouble());
      }
      List<StudyRun.Worker> workers = new ArrayList<>();
      for (JsonNode worker : list(run, "workers")) {
        workers.add(
            new StudyRun.Worker(
                number(worker, "busySeconds"),
                number(worker, "inputWaitSeconds"),
                number(worker, "roomWaitSeconds"),
                number(worker, "otherWaitSeconds"),
                optionalDouble(worker, "cpuSeconds"),
                whole(worker, "rows")));
      }
      List<StudyRun.Span> spans = new ArrayList<>();
      for (JsonNode span : run.path("spans")) {
        if (span.size() != 6) {
          throw new IOException(file + ": a span has " + span.size() + " figures, not 6");
        }
        spans.add(
            new StudyRun.Span(
                span.get(0).asLong(),
                span.get(1).asInt(),
                span.get(2).asLong(),
                span.get(3).asDouble(),
                span.get(4).asDouble(),
                span.get(5).asDouble()));
      }
      return new StudyRun(
          configuration,
          (int) whole(run, "repeat"),
          (int) whole(run, "position"),
          number(run, "wallSeconds"),
          whole(run, "rows"),
          whole(run, "bytesIn"),
          whole(run, "bytesOut"),
          text(run, "outputDigest"),
          phases,
          workers,
          whole(run, "partitions"),
          number(run, "partitionTotalSeconds"),
          number(run, "partitionLongestSeconds"),
          optionalDouble(run, "gcSeconds"),
          optionalDouble(run, "processCpuSeconds"),
          incidents(run),
          optionalLong(run, "allocatedBytes"),
          spans);
    }

    private List<String> incidents(JsonNode run) {
      List<String> incidents = new ArrayList<>();
      run.path("incidents").forEach(incident -> incidents.add(incident.asText()));
      return incidents;
    }

    private Provenance provenance(JsonNode node) throws IOException {
      return new Provenance(
          text(node, "version"),
          text(node, "java"),
          text(node, "os"),
          (int) whole(node, "cores"),
          whole(node, "maxHeapBytes"),
          text(node, "modelDigest"),
          text(node, "command"));
    }

    private JsonNode node(JsonNode parent, String name) throws IOException {
      JsonNode node = parent.get(name);
      if (node == null) {
        throw new IOException(
            "%s: \"%s\" is missing; give what agrippa compare --json printed"
                .formatted(file, name));
      }
      return node;
    }

    private JsonNode list(JsonNode parent, String name) throws IOException {
      return checked(parent, name, node(parent, name).isArray(), "a list");
    }

    private String text(JsonNode parent, String name) throws IOException {
      return checked(parent, name, node(parent, name).isTextual(), "a text").textValue();
    }

    private double number(JsonNode parent, String name) throws IOException {
      return checked(parent, name, node(parent, name).isNumber(), "a number").doubleValue();
    }

    private long whole(JsonNode parent, String name) throws IOException {
      return checked(parent, name, node(parent, name).canConvertToExactIntegral(), "a whole number")
          .longValue();
    }

    private OptionalDouble optionalDouble(JsonNode parent, String name) throws IOException {
      return parent.has(name) ? OptionalDouble.of(number(parent, name)) : OptionalDouble.empty();
    }

    private OptionalLong optionalLong(JsonNode parent, String name) throws IOException {
      return parent.has(name) ? OptionalLong.of(whole(parent, name)) : OptionalLong.empty();
    }

    private JsonNode checked(JsonNode parent, String name, boolean fits, String kind)
        throws IOException {
      JsonNode node = node(parent, name);
      if (!fits) {
        throw new IOException("%s: \"%s\" is %s, not %s".formatted(file, name, node, kind));
      }
      return node;
    }
  }
}
