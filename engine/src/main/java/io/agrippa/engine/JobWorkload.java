package io.agrippa.engine;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.io.Outputs;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.Provenance;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The parts of one job. */
final class JobWorkload implements Workload {
  private final Job job;
  private final String modelDigest;
  private final CompiledModel model;
  private final BlockSource source;
  private final long loadNanos;
  private long compileNanos;
  private Partitions partitions;
  private BlockOperator operator;

  JobWorkload(
      Job job,
      String modelDigest,
      CompiledModel model,
      BlockSource source,
      long loadNanos,
      long compileNanos) {
    this.job = job;
    this.modelDigest = modelDigest;
    this.model = model;
    this.source = source;
    this.loadNanos = loadNanos;
    this.compileNanos = compileNanos;
  }

  @Override
  public Partitions partitions() throws IOException {
    bind();
    return partitions;
  }

  @Override
  public BlockOperator operator() throws IOException {
    bind();
    return operator;
  }

  private void bind() throws IOException {
    if (operator != null) {
      return;
    }
    List<String> kept = JobWorkbench.kept(job, source.schema());
    model.bind(
        source.schema(), kept); // what is wrong with the columns is said with all of them in view
    Partitions opened =
        source.read(JobWorkbench.wanted(model, source.schema(), kept), job.partitioning());
    try {
      long start = System.nanoTime();
      BlockOperator bound = model.bind(opened.schema(), kept);
      operator = job.rowPolicy() == RowPolicy.STATUS ? new StatusOperator(bound) : bound;
      compileNanos += System.nanoTime() - start;
      partitions = opened;
    } finally {
      if (partitions == null) {
        opened.close();
      }
    }
  }

  @Override
  public BlockSink sink() throws IOException {
    return Outputs.open(
        job.output().place(),
        operator().output(),
        DatasetOptions.output(job.output()),
        Catalogues.inputFiles(job.input().place()));
  }

  @Override
  public OptionalLong rows() throws IOException {
    OptionalLong rows = source.rows();
    return rows.isPresent() && job.limit().isPresent()
        ? OptionalLong.of(Math.min(rows.getAsLong(), job.limit().getAsLong()))
        : rows;
  }

  @Override
  public OptionalLong bytes() throws IOException {
    return source.bytes();
  }

  @Override
  public Map<Phase, Duration> durations() {
    return Map.of(
        Phase.LOAD, Duration.ofNanos(loadNanos), Phase.COMPILE, Duration.ofNanos(compileNanos));
  }

  @Override
  public Provenance provenance() {
    return Provenance.here(Agrippa.version(), modelDigest, JobCommand.of(job));
  }
}
