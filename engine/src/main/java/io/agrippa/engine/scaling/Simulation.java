package io.agrippa.engine.scaling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A run on workers that each have a processor, simulated event by event.
 *
 * <p>One thread gets ready for {@code startUp}; then each worker starts for {@code workerStart}. A
 * worker that is free takes a partition by the schedule, has it handed over for {@code transfer}
 * through a channel that serves one worker at a time, in the order in which they ask, and works on
 * it for {@code overhead} and the partition's own cost, times the worker's slowness. When a worker
 * is lost on the way, what it did of the partition is lost, the partition is the next to be done by
 * whoever is free, and a new worker stands in its place after {@code restart}.
 *
 * <p>The same values and seed give the same run. What befalls a partition follows from its number
 * and the seed alone, so that schedules and numbers of workers are compared under the same luck.
 *
 * @param costs seconds that one worker needs for each partition, in row order
 * @param startUp seconds before any worker starts
 * @param workerStart seconds that each worker needs to start, beside the others
 * @param transfer seconds of handing over a partition
 * @param overhead seconds that a worker needs for each partition besides
 * @param hazards what may go wrong
 */
public record Simulation(
    List<Double> costs,
    double startUp,
    double workerStart,
    double transfer,
    double overhead,
    Hazards hazards) {
  private static final long PARTITION_DRAWS = 0x9E3779B97F4A7C15L;
  private static final long ATTEMPT_DRAWS = 0xC2B2AE3D27D4EB4FL;
  private static final long WORKER_DRAWS = 0x165667B19E3779F9L;

  /**
   * What may go wrong.
   *
   * @param skew standard deviation of the logarithm of a factor on each partition's cost, whose
   *     mean is 1; 0 leaves the costs alone
   * @param stragglers share of workers that are slow
   * @param slowdown how many times as long slow workers need
   * @param failures probability that a worker is lost while it works on a partition, below 1
   * @param restart seconds until a new worker stands in for a lost one
   */
  public record Hazards(
      double skew, double stragglers, double slowdown, double failures, double restart) {
    /** Nothing goes wrong. */
    public static final Hazards NONE = new Hazards(0, 0, 1, 0, 0);

    public Hazards {
      require("skew", skew, 0, 10);
      require("stragglers", stragglers, 0, 1);
      require("slowdown", slowdown, 1, 1e6);
      require("failures", failures, 0, 0.99);
      require("restart", restart, 0, 1e6);
    }

    /** Whether luck plays a part. */
    public boolean random() {
      return skew > 0 || failures > 0 || (stragglers > 0 && slowdown > 1);
    }

    private static void require(String name, double value, double least, double most) {
      if (!(value >= least && value <= most)) {
        throw new IllegalArgumentException(
            "%s %s: it has to be from %s to %s".formatted(name, value, least, most));
      }
    }
  }

  /**
   * A simulated run.
   *
   * @param seconds time from start to end
   * @param spans who worked on which partition when, in the order of their ends; attempts that were
   *     lost are not among them
   * @param busy working time of all workers, lost attempts and hand-over included
   * @param lost working time of lost attempts, hand-over included
   * @param failures how many workers were lost
   * @param queued time that workers waited for the channel, summed
   */
  public record Outcome(
      double seconds,
      List<StudyRun.Span> spans,
      double busy,
      double lost,
      int failures,
      double queued) {
    public Outcome {
      spans = List.copyOf(spans);
    }
  }

  public Simulation {
    costs = List.copyOf(costs);
    Objects.requireNonNull(hazards, "hazards");
    for (double cost : costs) {
      if (!(cost >= 0)) {
        throw new IllegalArgumentException("a partition's cost of " + cost + " s");
      }
    }
    if (!(startUp >= 0) || !(workerStart >= 0) || !(transfer >= 0) || !(overhead >= 0)) {
      throw new IllegalArgumentException(
          "start-up %s, worker start %s, transfer %s, overhead %s: none may be negative"
              .formatted(startUp, workerStart, transfer, overhead));
    }
  }

  /** Simulates a run. */
  public Outcome run(int workers, SimulatedSchedule schedule, long seed) {
    if (workers < 1) {
      throw new IllegalArgumentException(workers + " workers: there has to be one");
    }
    return new Events(workers, schedule, seed).run();
  }

  /** A partition's cost under a seed. */
  private double cost(int partition, long seed) {
    double cost = costs.get(partition);
    if (hazards.skew() == 0) {
      return cost;
    }
    double normal = new SplittableRandom(seed ^ PARTITION_DRAWS * (partition + 1L)).nextGaussian();
    return cost * StrictMath.exp(hazards.skew() * normal - hazards.skew() * hazards.skew() / 2);
  }

  private double slowness(int worker, long seed) {
    double draw = new SplittableRandom(seed ^ WORKER_DRAWS * (worker + 1L)).nextDouble();
    return draw < hazards.stragglers() ? hazards.slowdown() : 1;
  }

  /**
   * Something that happens; what happens at the same time happens in the order of being planned.
   */
  private record Event(double time, long order, int worker, int lostPartition)
      implements Comparable<Event> {
    static final int NONE = -1;

    @Override
    public int compareTo(Event other) {
      int byTime = Double.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** One run under way. */
  private final class Events {
    private final int workers;
    private final SimulatedSchedule schedule;
    private final long seed;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Deque<Integer>> own = new ArrayList<>();
    private final Deque<Integer> again = new ArrayDeque<>();
    private final TreeSet<Integer> idle = new TreeSet<>();
    private final int[] attempts = new int[costs.size()];
    private final List<StudyRun.Span> spans = new ArrayList<>();
    private int dealt;
    private long planned;
    private double channelFree;
    private double end;
    private double busy;
    private double lost;
    private double queued;
    private int failures;

    Events(int workers, SimulatedSchedule schedule, long seed) {
      this.workers = workers;
      this.schedule = schedule;
      this.seed = seed;
      for (int i = 0; i < workers; i++) {
        own.add(new ArrayDeque<>());
      }
    }

    Outcome run() {
      end = startUp;
      for (int worker = 0; worker < workers; worker++) {
        plan(startUp + workerStart, worker, Event.NONE);
      }
      for (Event event = events.poll(); event != null; event = events.poll()) {
        if (event.lostPartition() == Event.NONE) {
          free(event.worker(), event.time());
        } else {
          lose(event.worker(), event.lostPartition(), event.time());
        }
      }
      return new Outcome(end, spans, busy, lost, failures, queued);
    }

    private void plan(double time, int worker, int lostPartition) {
      events.add(new Event(time, planned++, worker, lostPartition));
    }

    private void free(int worker, double now) {
      int partition = take(worker);
      if (partition < 0) {
        idle.add(worker);
        return;
      }
      double handed = now;
      if (transfer > 0) {
        double from = Math.max(now, channelFree);
        queued += from - now;
        handed = from + transfer;
        channelFree = handed;
      }
      double work = (overhead + cost(partition, seed)) * slowness(worker, seed);
      SplittableRandom luck =
          new SplittableRandom(
              seed
                  ^ PARTITION_DRAWS * (partition + 1L)
                  ^ ATTEMPT_DRAWS * (attempts[partition]++ + 1L));
      if (luck.nextDouble() < hazards.failures()) {
        double done = work * luck.nextDouble();
        busy += transfer + done;
        lost += transfer + done;
        plan(handed + done, worker, partition);
      } else {
        busy += transfer + work;
        double done = handed + work;
        end = Math.max(end, done);
        spans.add(
            new StudyRun.Span(partition, worker, 0, handed - transfer, done, transfer + work));
        plan(done, worker, Event.NONE);
      }
    }

    private void lose(int worker, int partition, double now) {
      failures++;
      again.add(partition);
      plan(now + hazards.restart(), worker, Event.NONE);
      if (!idle.isEmpty()) {
        plan(now, idle.pollFirst(), Event.NONE);
      }
    }

    /** The partition that a worker does next, or -1 where there is none for it. */
    private int take(int worker) {
      if (!again.isEmpty()) {
        return again.poll();
      }
      Deque<Integer> mine = own.get(worker);
      while (mine.isEmpty() && dealt < costs.size()) {
        switch (schedule.kind()) {
          case DYNAMIC -> deal(worker, schedule.chunk());
          case GUIDED ->
              deal(worker, Math.max(schedule.chunk(), (costs.size() - dealt) / (2 * workers)));
          case STATIC, STEALING -> dealRound();
        }
      }
      if (mine.isEmpty() && schedule.kind() == SimulatedSchedule.Kind.STEALING) {
        for (Deque<Integer> other : own) {
          if (!other.isEmpty() && (mine.isEmpty() || other.peek() < mine.peek())) {
            mine = other;
          }
        }
      }
      return mine.isEmpty() ? -1 : mine.poll();
    }

    /** All chunks, round the workers in turn. */
    private void dealRound() {
      for (int owner = 0; dealt < costs.size(); owner = (owner + 1) % workers) {
        deal(owner, schedule.chunk());
      }
    }

    private void deal(int owner, int chunk) {
      for (int i = 0; i < chunk && dealt < costs.size(); i++) {
        own.get(owner).add(dealt++);
      }
    }
  }
}
