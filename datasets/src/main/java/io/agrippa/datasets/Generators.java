package io.agrippa.datasets;

import io.agrippa.datasets.Generator.Parameter;
import io.agrippa.engine.data.BlockSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Generators that stream any number of rows. The rows follow from the generator's name and
 * parameters alone: neither the partitioning nor threads, platform or Java version change a bit of
 * them. Safe for use by many threads.
 */
public final class Generators {
  private static final String PREFIX = "generate:";

  private static final Parameter ROWS =
      new Parameter("rows", "1000000", "number of rows, 0 or more");
  private static final Parameter SEED = new Parameter("seed", "1", "any whole number");
  private static final Parameter MISSING =
      new Parameter("missing", "0", "share of missing values, 0 to 1");

  private static final Parameter WAIT =
      new Parameter(
          "wait",
          "0",
          "milliseconds to wait before each block of up to 4096 rows, as for a slow source; 0 to"
              + " 60000. Changes no row");

  private static final Generator HIGGS =
      new Generator(
          "higgs",
          "28 numeric columns like those of the HIGGS collisions, and a label that follows from"
              + " some of them",
          List.of(ROWS, SEED, MISSING, WAIT));
  private static final Generator MIXED =
      new Generator(
          "mixed",
          "numbers, categories, dates, times and booleans with missing values, and a label",
          List.of(ROWS, SEED, new Parameter("missing", "0.1", MISSING.meaning()), WAIT));
  private static final Generator ZIPF =
      new Generator(
          "zipf",
          "events with measures, under keys of which few are frequent (Zipf's law)",
          List.of(
              ROWS,
              SEED,
              MISSING,
              WAIT,
              new Parameter("keys", "100000", "number of keys, 1 to 10000000"),
              new Parameter(
                  "exponent", "1.1", "0 to 10: 0 makes all keys alike, more makes few prevail")));
  private static final Generator NUMERIC =
      new Generator(
          "numeric",
          "columns of normal numbers with four decimals",
          List.of(
              ROWS,
              SEED,
              MISSING,
              WAIT,
              new Parameter("columns", "10", "number of columns, 1 to 10000")));

  private Generators() {}

  /** All generators. */
  public static List<Generator> all() {
    return List.of(HIGGS, MIXED, ZIPF, NUMERIC);
  }

  /** Whether a text names a generated dataset rather than a file or a dataset. */
  public static boolean isName(String text) {
    return text.startsWith(PREFIX);
  }

  /**
   * The dataset of a name such as {@code generate:higgs} or {@code
   * generate:higgs,rows=50000000,seed=7}.
   *
   * @throws IllegalArgumentException if there is no such generator or parameter, or a value is not
   *     allowed
   */
  public static BlockSource source(String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(
          name + " does not name a generator; write generate:NAME,PARAMETER=VALUE,…");
    }
    String[] parts = name.substring(PREFIX.length()).split(",", -1);
    Generator generator =
        all().stream()
            .filter(g -> g.name().equals(parts[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s: there is no generator \"%s\"; %s"
                            .formatted(
                                name,
                                parts[0],
                                NearNames.suggest(
                                    parts[0], all().stream().map(Generator::name).toList()))));
    Arguments arguments = Arguments.parse(name, generator, Stream.of(parts).skip(1).toList());
    long rows = arguments.whole("rows", 0, Long.MAX_VALUE);
    long seed = arguments.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    double missing = arguments.real("missing", 0, 1);
    return new GeneratedSource(
        name,
        recipe(generator.name(), seed, arguments),
        rows,
        seed,
        missing,
        arguments.whole("wait", 0, 60_000));
  }

  private static Recipe recipe(String generator, long seed, Arguments arguments) {
    return switch (generator) {
      case "higgs" -> new HiggsRecipe(seed);
      case "mixed" -> new MixedRecipe(seed);
      case "zipf" ->
          new ZipfRecipe(
              seed,
              (int) arguments.whole("keys", 1, 10_000_000),
              arguments.real("exponent", 0, 10));
      case "numeric" -> new NumericRecipe(seed, (int) arguments.whole("columns", 1, 10_000));
      default -> throw new IllegalStateException(generator);
    };
  }
}
