package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockSink;
import java.util.Optional;

/**
 * What is to be done with each block of a job. Shared by all workers.
 *
 * @param operator computes
 * @param sink encodes
 * @param aggregation reduces, where the job asks for that
 */
record MoveOrder(
    Job job, BlockOperator operator, BlockSink sink, Optional<Aggregation> aggregation) {}
