package io.agrippa.cli;

import io.agrippa.engine.measure.GarbageCollection;
import io.agrippa.engine.measure.Measurement;
import io.agrippa.engine.measure.PartitionSpan;
import io.agrippa.engine.measure.Provenance;
import io.agrippa.engine.measure.WorkerTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A measurement as JSON: camelCase keys, times in seconds; what the platform did not tell is left
 * out.
 */
final class MeasurementJson {
  private MeasurementJson() {}

  static Map<String, Object> of(Measurement measured) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", measured.rows());
    json.put("badRows", measured.badRows());
    json.put("bytesIn", measured.bytesIn());
    json.put("bytesOut", measured.bytesOut());
    json.put("wallSeconds", seconds(measured.wall()));
    json.put("rowsPerSecond", measured.rowsPerSecond());
    json.put("runner", measured.runner());
    Map<String, Object> phases = new LinkedHashMap<>();
    measured
        .phases()
        .forEach((phase, time) -> phases.put(phase.name().toLowerCase(Locale.ROOT), seconds(time)));
    json.put("phases", phases);
    json.put("outputDigest", measured.outputDigest());
    measured.sequenceDigest().ifPresent(digest -> json.put("sequenceDigest", digest));
    json.put("workers", measured.workers().stream().map(MeasurementJson::worker).toList());
    json.put("partitions", partitions(measured));
    measured.allocatedBytes().ifPresent(bytes -> json.put("allocatedBytes", bytes));
    measured.gc().ifPresent(gc -> collections(json, gc));
    measured.processCpu().ifPresent(time -> json.put("processCpuSeconds", seconds(time)));
    if (!measured.incidents().isEmpty()) {
      json.put("incidents", measured.incidents());
    }
    json.put("provenance", provenance(measured.provenance()));
    return json;
  }

  private static Map<String, Object> worker(WorkerTime worker) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("number", worker.number());
    json.put("rows", worker.rows());
    json.put("startSeconds", seconds(worker.start()));
    json.put("busySeconds", seconds(worker.busy()));
    json.put("idleSeconds", seconds(worker.idle()));
    json.put("inputWaitSeconds", seconds(worker.inputWait()));
    json.put("roomWaitSeconds", seconds(worker.roomWait()));
    json.put("otherWaitSeconds", seconds(worker.otherWait()));
    worker.cpu().ifPresent(time -> json.put("cpuSeconds", seconds(time)));
    worker.allocatedBytes().ifPresent(bytes -> json.put("allocatedBytes", bytes));
    worker.gc().ifPresent(gc -> collections(json, gc));
    worker.processCpu().ifPresent(time -> json.put("processCpuSeconds", seconds(time)));
    return json;
  }

  private static void collections(Map<String, Object> json, GarbageCollection gc) {
    json.put("gcSeconds", seconds(gc.time()));
    json.put("gcCount", gc.count());
  }

  private static Map<String, Object> partitions(Measurement measured) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", measured.partitions().count());
    json.put("totalSeconds", seconds(measured.partitions().total()));
    json.put("longestSeconds", seconds(measured.partitions().longest()));
    json.put("imbalance", measured.partitions().imbalance());
    json.put("spans", measured.partitions().spans().stream().map(MeasurementJson::span).toList());
    return json;
  }

  private static Map<String, Object> span(PartitionSpan span) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("index", span.index());
    json.put("worker", span.worker());
    json.put("rows", span.rows());
    json.put("startSeconds", seconds(span.start()));
    json.put("endSeconds", seconds(span.end()));
    json.put("busySeconds", seconds(span.busy()));
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

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
