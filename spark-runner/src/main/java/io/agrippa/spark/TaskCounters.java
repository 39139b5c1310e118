package io.agrippa.spark;

import io.agrippa.engine.measure.Phase;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;

/**
 * What the tasks of a run have done so far, for whoever looks at Spark's pages: named accumulators,
 * which stand on the page of a stage while it runs. Nothing is computed from them; what counts is
 * what {@link TaskReport} tells.
 *
 * <p>Spark adds up tasks that succeeded, each once. Times are in microseconds.
 */
final class TaskCounters implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String PREFIX = "agrippa.";
  private static final long NANOS_A_MICRO = 1_000;

  private final LongAccumulator rows;
  private final LongAccumulator badRows;
  private final LongAccumulator blocks;
  private final LongAccumulator bytesOut;
  private final EnumMap<Phase, LongAccumulator> times = new EnumMap<>(Phase.class);

  TaskCounters(SparkContext context) {
    this.rows = context.longAccumulator(PREFIX + "rows");
    this.badRows = context.longAccumulator(PREFIX + "badRows");
    this.blocks = context.longAccumulator(PREFIX + "blocks");
    this.bytesOut = context.longAccumulator(PREFIX + "bytesOut");
    for (Phase phase :
        new Phase[] {
          Phase.LOAD, Phase.COMPILE, Phase.READ, Phase.SCORE, Phase.AGGREGATE, Phase.WRITE
        }) {
      String name = phase.name().toLowerCase(Locale.ROOT);
      times.put(phase, context.longAccumulator(PREFIX + name + "Micros"));
    }
  }

  /** A task has scored a block. */
  void scored(long blockRows, long blockBadRows) {
    rows.add(blockRows);
    badRows.add(blockBadRows);
    blocks.add(1);
  }

  /** A task is done. */
  void done(TaskReport report) {
    bytesOut.add(report.bytesOut());
    for (Map.Entry<Phase, LongAccumulator> time : times.entrySet()) {
      time.getValue().add(report.nanos()[time.getKey().ordinal()] / NANOS_A_MICRO);
    }
  }
}
