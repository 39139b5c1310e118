package io.agrippa.engine.run;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockReader;
import io.agrippa.engine.data.BlockSink;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Partition;
import io.agrippa.engine.data.Partitions;
import io.agrippa.engine.data.RowDependency;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.measure.Phase;
import io.agrippa.engine.measure.Provenance;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A job in memory that can be slowed down, broken and watched at every seam: rows are numbered from
 * 0, the operator computes a real number, a word and nothing from the number of the row.
 */
final class MemoryBench implements Workbench {
  /** The seams at which something may happen. */
  enum Seam {
    NEXT_PARTITION,
    OPEN_SINK,
    OPEN,
    READ,
    CLOSE_READER,
    CLOSE_PARTITIONS,
    APPLY,
    ENCODE,
    APPEND,
    COMMIT,
    CLOSE_SINK
  }

  /** What happens at a seam; the row is the first one of the block, where there is one. */
  interface Hook {
    void at(Seam seam, long row) throws IOException;
  }

  /** A row of the output, bit for bit. */
  record Row(long id, long realBits, String word) {}

  private static final Schema INPUT =
      new Schema(List.of(new Field("id", Type.Scalar.LONG), new Field("x", Type.Scalar.DOUBLE)));
  private static final Schema OUTPUT =
      new Schema(
          List.of(
              new Field("id", Type.Scalar.LONG),
              new Field("y", Type.Scalar.DOUBLE),
              new Field("word", Type.Scalar.STRING)));
  private static final Dictionary WORDS = Dictionary.of("zero", "one", "two", "three", "four");

  private final List<Part> parts;
  private final Set<Long> starts = new HashSet<>(); // first rows of partitions
  private Hook hook = (seam, row) -> {};
  private boolean rowsDepend;
  private final Set<Long> badRows = new TreeSet<>();

  final List<Row> delivered = Collections.synchronizedList(new ArrayList<>());
  final AtomicInteger live = new AtomicInteger(); // blocks read and not yet appended
  final AtomicInteger mostLive = new AtomicInteger();
  final AtomicInteger openReaders = new AtomicInteger();
  final AtomicInteger mostOpenReaders = new AtomicInteger();
  final AtomicInteger openPartitions = new AtomicInteger();
  final AtomicBoolean committed = new AtomicBoolean();
  final AtomicInteger sinkClosed = new AtomicInteger();
  final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** A partition: so many rows from an origin. */
  record Part(String origin, long rows) {}

  MemoryBench(List<Part> parts) {
    this.parts = List.copyOf(parts);
    long first = 0;
    for (Part part : parts) {
      starts.add(first);
      first += part.rows();
    }
  }

  /** Partitions of these sizes from one origin. */
  static MemoryBench of(long... rows) {
    return new MemoryBench(Arrays.stream(rows).mapToObj(n -> new Part("memory", n)).toList());
  }

  MemoryBench with(Hook what) {
    hook = what;
    return this;
  }

  MemoryBench withBadRows(long... rows) {
    Arrays.stream(rows).forEach(badRows::add);
    return this;
  }

  /**
   * An operator that needs all blocks of a partition, in order, on one worker, and breaks where it
   * does not get them.
   */
  MemoryBench withDependentRows() {
    rowsDepend = true;
    return this;
  }

  static Job job() {
    return new Job(
        new Job.ModelPlace("memory"), new Job.Dataset("memory"), new Job.Dataset("memory"));
  }

  long rows() {
    return parts.stream().mapToLong(Part::rows).sum();
  }

  /** What a plain loop makes of the first rows. */
  List<Row> expected(long rows) {
    List<Row> expected = new ArrayList<>();
    for (long id = 0; id < rows; id++) {
      boolean bad = badRows.contains(id);
      expected.add(
          new Row(id, bad ? 0 : Double.doubleToRawLongBits(real(id)), bad ? null : word(id)));
    }
    return expected;
  }

  private static double real(long id) {
    return id % 17 == 0 ? -0.0 : Math.sqrt((double) id) / 3;
  }

  private static String word(long id) {
    return id % 7 == 6 ? null : WORDS.value((int) (id % 5));
  }

  private void touch(Seam seam, long row) throws IOException {
    threads.add(Thread.currentThread());
    hook.at(seam, row);
  }

  @Override
  public Workload open(Job job, Schema columns) {
    throw new AssertionError("what lies in memory is in no other process");
  }

  @Override
  public Workload open(Job job, BlockSource input) {
    throw new AssertionError("nobody else opens what lies in memory");
  }

  @Override
  public Workload open(Job job) {
    return new Workload() {
      @Override
      public Job job() {
        return job;
      }

      @Override
      public BlockOperator operator() {
        return new Operator();
      }

      @Override
      public Partitions partitions() {
        openPartitions.incrementAndGet();
        return new AllParts();
      }

      @Override
      public Optional<Aggregation> aggregation() {
        return job.analysis().map(analysis -> new RowSum());
      }

      @Override
      public BlockSink sink() throws IOException {
        touch(Seam.OPEN_SINK, 0);
        return new Sink();
      }

      @Override
      public OptionalLong rows() {
        return OptionalLong.of(MemoryBench.this.rows());
      }

      @Override
      public OptionalLong bytes() {
        return OptionalLong.empty();
      }

      @Override
      public Map<Phase, Duration> durations() {
        return Map.of(Phase.LOAD, Duration.ofNanos(1), Phase.COMPILE, Duration.ofNanos(2));
      }

      @Override
      public Provenance provenance() {
        return Provenance.here("test", "none", "test");
      }
    };
  }

  /** Rows, and the sum of what the first column holds, exactly. */
  record Sum(long rows, long ids) {}

  private static final class RowSum implements Aggregation {
    @Override
    public State state() {
      return new SumState();
    }

    @Override
    public State read(DataInput in) throws IOException {
      SumState state = new SumState();
      state.rows = in.readLong();
      state.ids = in.readLong();
      return state;
    }
  }

  private static final class SumState implements Aggregation.State {
    private long rows;
    private long ids;

    @Override
    public void add(Block block) {
      rows += block.rows();
      long[] values = ((LongColumn) block.column(0)).values();
      for (int i = 0; i < block.rows(); i++) {
        ids += values[i];
      }
    }

    @Override
    public void merge(Aggregation.State other) {
      rows += ((SumState) other).rows;
      ids += ((SumState) other).ids;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeLong(rows);
      out.writeLong(ids);
    }

    @Override
    public Object result() {
      return new Sum(rows, ids);
    }
  }

  private final class AllParts implements Partitions {
    private final AtomicBoolean inUse = new AtomicBoolean();
    private int index;
    private long first;
    private boolean closed;

    @Override
    public Schema schema() {
      return INPUT;
    }

    @Override
    public Partition next() throws IOException {
      requireAlone(inUse);
      try {
        touch(Seam.NEXT_PARTITION, first);
        if (index == parts.size()) {
          return null;
        }
        Part part = parts.get(index++);
        first += part.rows();
        return new OnePart(part, first - part.rows());
      } finally {
        inUse.set(false);
      }
    }

    @Override
    public OptionalLong bytesLeft() {
      return OptionalLong.of(8 * (MemoryBench.this.rows() - first));
    }

    @Override
    public void close() throws IOException {
      requireAlone(inUse);
      if (!closed) {
        closed = true;
        openPartitions.decrementAndGet();
      }
      touch(Seam.CLOSE_PARTITIONS, first);
      inUse.set(false);
    }
  }

  private final class OnePart implements Partition {
    private final Part part;
    private final long first;

    OnePart(Part part, long first) {
      this.part = part;
      this.first = first;
    }

    @Override
    public String origin() {
      return part.origin();
    }

    @Override
    public long bytes() {
      return 8 * part.rows();
    }

    @Override
    public BlockReader open() throws IOException {
      touch(Seam.OPEN, first);
      mostOpenReaders.accumulateAndGet(openReaders.incrementAndGet(), Math::max);
      return new Reader(first, first + part.rows());
    }
  }

  private final class Reader implements BlockReader {
    private final AtomicBoolean inUse = new AtomicBoolean();
    private final long end;
    private long next;
    private boolean closed;

    Reader(long next, long end) {
      this.next = next;
      this.end = end;
    }

    @Override
    public Block next() throws IOException {
      requireAlone(inUse);
      try {
        touch(Seam.READ, next);
        int rows = (int) Math.min(Block.MAX_ROWS, end - next);
        if (rows == 0) {
          return null;
        }
        long[] ids = new long[rows];
        double[] values = new double[rows];
        for (int i = 0; i < rows; i++) {
          ids[i] = next + i;
          values[i] = real(next + i);
        }
        next += rows;
        mostLive.accumulateAndGet(live.incrementAndGet(), Math::max);
        return new Block(
            INPUT, rows, List.of(new LongColumn(ids, null), new DoubleColumn(values, null)));
      } finally {
        inUse.set(false);
      }
    }

    @Override
    public void close() throws IOException {
      requireAlone(inUse);
      if (!closed) {
        closed = true;
        openReaders.decrementAndGet();
      }
      touch(Seam.CLOSE_READER, next);
      inUse.set(false);
    }
  }

  private final class Operator implements BlockOperator {
    @Override
    public Schema output() {
      return OUTPUT;
    }

    @Override
    public Worker worker() {
      return new Scorer();
    }

    @Override
    public RowDependency dependency() {
      return rowsDepend
          ? new RowDependency.WithinGroup(List.of("id"), RowDependency.Reach.EARLIER)
          : new RowDependency.None();
    }

    private final class Scorer implements Worker {
      private final AtomicBoolean inUse = new AtomicBoolean();
      private long next = -1; // row that must come now; -1 for the first of any partition

      @Override
      public void startPartition() {
        next = -1;
      }

      @Override
      public Block apply(Block block) {
        requireAlone(inUse);
        try {
          long first = ((LongColumn) block.column(0)).values()[0];
          if (rowsDepend && (next < 0 ? !starts.contains(first) : first != next)) {
            throw new AssertionError("row " + first + " comes where row " + next + " should");
          }
          next = first + block.rows();
          return score(block);
        } finally {
          inUse.set(false);
        }
      }
    }

    private Block score(Block block) {
      LongColumn ids = (LongColumn) block.column(0);
      DoubleColumn values = (DoubleColumn) block.column(1);
      try {
        touch(Seam.APPLY, ids.values()[0]);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      int rows = block.rows();
      int[] codes = new int[rows];
      long[] missing = new long[Bits.words(rows)];
      List<RowProblem> problems = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        long id = ids.values()[i];
        codes[i] = id % 7 == 6 ? StringColumn.MISSING : (int) (id % 5);
        if (badRows.contains(id)) {
          codes[i] = StringColumn.MISSING;
          Bits.set(missing, i);
          problems.add(new RowProblem(i, "x", Long.toString(id), "it is bad"));
        }
      }
      List<Column> columns =
          List.of(ids, new DoubleColumn(values.values(), missing), new StringColumn(codes, WORDS));
      return new Block(OUTPUT, rows, columns, problems);
    }
  }

  private record Rows(Block block, List<Row> rows) implements BlockSink.Encoded {}

  private final class Sink implements BlockSink {
    private final AtomicBoolean inUse = new AtomicBoolean();

    @Override
    public Encoded encode(Block block) throws IOException {
      LongColumn ids = (LongColumn) block.column(0);
      DoubleColumn reals = (DoubleColumn) block.column(1);
      StringColumn words = (StringColumn) block.column(2);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < block.rows(); i++) {
        rows.add(
            new Row(
                ids.values()[i],
                reals.isMissing(i) ? 0 : Double.doubleToRawLongBits(reals.values()[i]),
                words.value(i)));
      }
      touch(Seam.ENCODE, rows.isEmpty() ? -1 : rows.get(0).id());
      return new Rows(block, rows);
    }

    @Override
    public void append(Encoded encoded) throws IOException {
      requireAlone(inUse);
      try {
        List<Row> rows = ((Rows) encoded).rows();
        touch(Seam.APPEND, rows.get(0).id());
        delivered.addAll(rows);
        live.decrementAndGet();
      } finally {
        inUse.set(false);
      }
    }

    @Override
    public void commit() throws IOException {
      requireAlone(inUse);
      try {
        touch(Seam.COMMIT, delivered.size());
        committed.set(true);
      } finally {
        inUse.set(false);
      }
    }

    @Override
    public long bytes() {
      return 20L * delivered.size();
    }

    @Override
    public void close() throws IOException {
      requireAlone(inUse);
      try {
        sinkClosed.incrementAndGet();
        touch(Seam.CLOSE_SINK, delivered.size());
      } finally {
        inUse.set(false);
      }
    }
  }

  private static void requireAlone(AtomicBoolean inUse) {
    if (!inUse.compareAndSet(false, true)) {
      throw new AssertionError("used by two threads at the same time");
    }
  }
}
