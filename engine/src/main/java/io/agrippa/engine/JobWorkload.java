package io.agrippa.engine;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.Cuts;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.io.Outputs;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.Provenance;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The parts of one job. */
final class JobWorkload implements Workload {
  private final Job job;
  private final Computation computation;
  private final JobInput input;
  private final Optional<Schema> bound; // given where another process opened the input
  private final Map<Phase, Duration> durations;
  private Partitions partitions;
  private BlockOperator operator;

  /**
   * The parts of a job.
   *
   * @param bound the columns that the computation is bound to, where another process has opened the
   *     input; otherwise it is bound to those that the source delivers
   */
  JobWorkload(
      Job job,
      Computation computation,
      JobInput input,
      Optional<Schema> bound,
      Map<Phase, Duration> durations) {
    this.job = job;
    this.computation = computation;
    this.input = input;
    this.bound = bound;
    this.durations = new EnumMap<>(durations);
  }

  @Override
  public Job job() throws IOException {
    return job.keeping(bound.isPresent() ? job.kept() : kept(input.source().schema()))
        .withModelDigest(computation.digest());
  }

  private List<String> kept(Schema columns) {
    return job.kept().equals(List.of(Job.ALL_COLUMNS)) ? columns.names() : job.kept();
  }

  @Override
  public Partitions partitions() throws IOException {
    if (partitions == null) {
      Schema columns = input.source().schema();
      List<String> kept = kept(columns);
      BlockOperator inView = bind(columns, kept); // what is wrong is said with all columns in view
      requireNames(kept, inView);
      Partitioning cut = inView.dependency().suited(job.partitioning());
      inView.dependency().requireWhole(cut);
      Partitions opened = Cuts.read(input.source(), wanted(columns, kept), cut);
      try {
        requireSame(opened.schema());
        makeOperator(opened.schema(), kept);
        partitions = opened;
      } finally {
        if (partitions == null) {
          opened.close();
        }
      }
    }
    return partitions;
  }

  private void requireSame(Schema opened) throws IOException {
    if (bound.isPresent() && !bound.get().equals(opened)) {
      throw new IOException(
          "%s has changed since the job began: it had %s, now it has %s; run the job again"
              .formatted(name(), bound.get(), opened));
    }
  }

  @Override
  public BlockOperator operator() throws IOException {
    if (bound.isPresent()) {
      makeOperator(bound.get(), job.kept());
    } else {
      partitions();
    }
    return operator;
  }

  private void makeOperator(Schema columns, List<String> kept) throws IOException {
    if (operator == null) {
      long start = System.nanoTime();
      BlockOperator computing = bind(columns, kept);
      operator = job.rowPolicy() == RowPolicy.STATUS ? new StatusOperator(computing) : computing;
      durations.merge(Phase.COMPILE, Duration.ofNanos(System.nanoTime() - start), Duration::plus);
    }
  }

  /** What to call the input in messages. */
  private String name() throws IOException {
    return bound.isPresent() ? job.input().place() : input.source().name();
  }

  private BlockOperator bind(Schema columns, List<String> kept) throws IOException {
    try {
      return computation.bind(columns, kept);
    } catch (ModelException e) {
      // The model's place alone would not tell which data.
      throw new ModelException(name(), 0, "the data does not fit the model: " + e.getMessage(), e);
    }
  }

  /** What is written needs a name for each column; what is only analysed does not. */
  private void requireNames(List<String> kept, BlockOperator bound) throws IOException {
    if (job.output().isPresent() && job.model().isPresent()) {
      List<String> all = bound.output().names();
      List<String> results = all.subList(kept.size(), all.size());
      for (String name : kept) {
        if (results.contains(name)) {
          throw new ModelException(
              name(),
              0,
              "the kept column \"%s\" and the model's result \"%s\" would have the same name; do not keep the column, or rename one of them"
                  .formatted(name, name));
        }
      }
    }
  }

  /**
   * The columns to read: those to compute with, as the computation wants them, then those to keep,
   * as the source has them, unless that is the same.
   */
  private List<Field> wanted(Schema columns, List<String> kept) {
    List<Field> wanted = new ArrayList<>(computation.reads());
    for (String name : kept) {
      Field field = columns.field(columns.indexOf(name));
      if (!wanted.contains(field)) {
        wanted.add(field);
      }
    }
    return wanted;
  }

  @Override
  public Optional<Aggregation> aggregation() throws IOException {
    if (job.analysis().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(Catalogues.aggregation(job.analysis().get(), operator().output()));
  }

  @Override
  public BlockSink sink() throws IOException {
    if (job.output().isEmpty()) {
      return new DroppingSink();
    }
    Job.Dataset output = job.output().get();
    return Outputs.open(
        output.place(),
        operator().output(),
        DatasetOptions.output(output),
        bound.isPresent() ? List.of() : input.files()); // elsewhere, it was seen to
  }

  @Override
  public OptionalLong rows() throws IOException {
    OptionalLong rows = input.source().rows();
    return rows.isPresent() && job.limit().isPresent()
        ? OptionalLong.of(Math.min(rows.getAsLong(), job.limit().getAsLong()))
        : rows;
  }

  @Override
  public OptionalLong bytes() throws IOException {
    return input.source().bytes();
  }

  @Override
  public Map<Phase, Duration> durations() {
    return Map.copyOf(durations);
  }

  @Override
  public Provenance provenance() {
    return Provenance.here(Agrippa.version(), computation.digest(), JobCommand.of(job));
  }
}
