package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.Provenance;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parts of one job. Each is made when it is asked for, once, so that a process which only
 * scores opens no output. To be used by one thread; the parts themselves say who may use them.
 */
public interface Workload {
  /**
   * The job with nothing left to look up: the kept columns by name, the model's document by digest.
   */
  Job job() throws IOException;

  /**
   * The computation, bound to the columns that {@link #partitions} deliver, with kept columns and
   * status in its output.
   */
  BlockOperator operator() throws IOException;

  /** The input, to be closed by the caller. */
  Partitions partitions() throws IOException;

  /** What the operator's output is reduced to, where the job asks for that. */
  Optional<Aggregation> aggregation() throws IOException;

  /**
   * The output, of the operator's schema, to be closed by the caller. Where the job has none, a
   * sink that drops everything.
   */
  BlockSink sink() throws IOException;

  /** Rows of the input where known without reading them. */
  OptionalLong rows() throws IOException;

  /** Bytes of the input where known. */
  OptionalLong bytes() throws IOException;

  /** What getting ready took so far: loading and compiling. */
  Map<Phase, Duration> durations();

  /** What is run, and where. */
  Provenance provenance() throws IOException;
}
