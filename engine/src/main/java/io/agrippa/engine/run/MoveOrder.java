package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockSink;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be done with each block of a job. Shared by all workers. Public for runners in other
 * packages of the engine.
 *
 * @param job what was asked for, with nothing left to look up
 * @param operator computes
 * @param sink encodes
 * @param aggregation reduces, where the job asks for that
 * @param runStart {@link System#nanoTime} at the start of the run
 */
public record MoveOrder(
    Job job,
    BlockOperator operator,
    BlockSink sink,
    Optional<Aggregation> aggregation,
    long runStart) {
  public MoveOrder {
    Objects.requireNonNull(job, "job");
    Objects.requireNonNull(operator, "operator");
    Objects.requireNonNull(sink, "sink");
    Objects.requireNonNull(aggregation, "aggregation");
  }
}
