package io.agrippa.engine.run;

import java.util.OptionalLong;

/**
 * Which worker gets which partitions, in OpenMP's words. The unit of a chunk is a partition.
 *
 * <p>Partitions are found one after the other, in row order, and each belongs to a worker from then
 * on. A schedule decides chunk by chunk; it holds no state, so it can be tested, and simulated,
 * without threads. Rows stay in order and memory stays bounded under each of them ({@link Lanes}
 * sees to that), which is what large chunks pay for: what is finished behind a chunk that is not
 * waits for it.
 */
sealed interface Schedule {
  /** The chunk that comes next. */
  Chunk next(State state);

  /** Whether a worker without work of its own reads blocks of a partition that another opened. */
  default boolean helps() {
    return false;
  }

  /** Whether a worker without work of its own takes partitions that another has not begun. */
  default boolean steals() {
    return false;
  }

  /**
   * Partitions that may belong to somebody and not be begun, before those are taken first and no
   * more are handed out.
   */
  default int mostQueued(int workers) {
    return Integer.MAX_VALUE;
  }

  /** As it stands in the name of a runner, behind the number of workers; empty for the default. */
  String suffix();

  /**
   * Consecutive partitions for one worker.
   *
   * @param owner the worker
   * @param partitions how many, at least 1
   */
  record Chunk(int owner, long partitions) {}

  /**
   * What a decision is made from.
   *
   * @param asker the worker that looks for work
   * @param workers number of workers
   * @param chunks how many chunks were decided on before
   * @param partitionsLeft how many partitions are left, about, where that can be told
   * @param mostPartitions how many partitions a chunk may have, so that one for each worker fits
   *     into the memory in which finished rows wait for their turn
   */
  record State(
      int asker, int workers, long chunks, OptionalLong partitionsLeft, long mostPartitions) {}

  /**
   * The default. A worker takes the next partition, as in {@code dynamic:1}; one that finds none
   * left, or may take none because too much waits for its turn, helps where the line is held up: it
   * reads blocks of the foremost partition that others have open. OpenMP has no word for it,
   * because its iterations cannot be split. Where rows depend on each other nobody helps.
   */
  record Shared() implements Schedule {
    @Override
    public Chunk next(State state) {
      return new Chunk(state.asker(), 1);
    }

    @Override
    public boolean helps() {
      return true;
    }

    @Override
    public String suffix() {
      return "";
    }
  }

  /**
   * Chunks go round the workers in turn, whoever asks. (OpenMP's {@code static} without a chunk
   * size makes one contiguous chunk for each thread, for which the end must be known and all output
   * but the first worker's held: ours then is 1.)
   */
  record Static(int chunk) implements Schedule {
    public Static {
      requireChunk(chunk);
    }

    @Override
    public Chunk next(State state) {
      return new Chunk((int) (state.chunks() % state.workers()), chunk);
    }

    @Override
    public String suffix() {
      return chunk == 1 ? ":static" : ":static:" + chunk;
    }
  }

  /** Who is done takes the next chunk. */
  record Dynamic(int chunk) implements Schedule {
    public Dynamic {
      requireChunk(chunk);
    }

    @Override
    public Chunk next(State state) {
      return new Chunk(state.asker(), chunk);
    }

    @Override
    public String suffix() {
      return chunk == 1 ? ":dynamic" : ":dynamic:" + chunk;
    }
  }

  /**
   * Who is done takes the next chunk, and chunks shrink: half of each worker's even share of what
   * is left. What is left is reckoned from bytes; where a source does not tell them (a stream),
   * chunks are of one partition, as in {@code dynamic:1}. No chunk is larger than what one for each
   * worker fits into memory with.
   */
  record Guided() implements Schedule {
    @Override
    public Chunk next(State state) {
      long share = state.partitionsLeft().orElse(0) / (2L * state.workers());
      return new Chunk(state.asker(), Math.max(1, Math.min(share, state.mostPartitions())));
    }

    @Override
    public String suffix() {
      return ":guided";
    }
  }

  /**
   * Partitions go round the workers in turn, as in {@code static}, into a short queue each; who has
   * none left takes the foremost that another has not begun.
   */
  record Stealing() implements Schedule {
    @Override
    public Chunk next(State state) {
      return new Chunk((int) (state.chunks() % state.workers()), 1);
    }

    @Override
    public boolean steals() {
      return true;
    }

    @Override
    public int mostQueued(int workers) {
      return 2 * workers;
    }

    @Override
    public String suffix() {
      return ":stealing";
    }
  }

  /**
   * A schedule as its text writes it.
   *
   * @throws IllegalArgumentException if it is none; the message says what there is
   */
  static Schedule parse(String text) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    boolean sized = colon >= 0;
    int chunk = sized ? chunk(text.substring(colon + 1)) : 1;
    if (sized && !kind.equals("static") && !kind.equals("dynamic")) {
      throw new IllegalArgumentException(
          "only static and dynamic take the size of a chunk; use for example dynamic:4");
    }
    return switch (kind) {
      case "shared" -> new Shared();
      case "static" -> new Static(chunk);
      case "dynamic" -> new Dynamic(chunk);
      case "guided" -> new Guided();
      case "stealing" -> new Stealing();
      default ->
          throw new IllegalArgumentException(
              "there is no schedule \""
                  + kind
                  + "\"; use one of shared, static[:CHUNK], dynamic[:CHUNK], guided, stealing");
    };
  }

  private static int chunk(String text) {
    try {
      return requireChunk(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the size of a chunk must be a whole number of partitions from 1 on", e);
    }
  }

  private static int requireChunk(int chunk) {
    if (chunk < 1) {
      throw new IllegalArgumentException(
          "the size of a chunk must be a whole number of partitions from 1 on");
    }
    return chunk;
  }
}
