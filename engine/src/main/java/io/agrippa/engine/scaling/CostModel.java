package io.agrippa.engine.scaling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run takes: {@code start-up + partitions·overhead + rows·cost/workers + workers·each}.
 *
 * <p>Workers take whole partitions and no more of them run at once than there are processors, so
 * rows are divided by {@code partitions / ceil(partitions / parallel)}, where {@code parallel} is
 * the number of workers, at most the processors; with many partitions that is {@code parallel}.
 * Fitted to medians by non-negative least squares of relative errors.
 *
 * @param coefficients seconds by term; a term that the measured points do not identify is not there
 * @param notIdentified the terms that are not, each with the reason
 * @param processors the processors that the points were measured with
 * @param worst largest relative error on the fitted points
 */
public record CostModel(
    Map<Term, Double> coefficients, Map<Term, String> notIdentified, int processors, double worst) {
  /** The terms of the sum, in the order in which they are told apart. */
  public enum Term {
    /** Seconds that one worker needs for a row. */
    ROW("cost per row"),
    /** Seconds once a run. */
    START_UP("start-up"),
    /** Seconds a partition, beside no other work. */
    PARTITION("overhead per partition"),
    /** Seconds a worker. */
    WORKER("overhead per worker");

    private final String words;

    Term(String words) {
      this.words = words;
    }

    /** What it is called. */
    public String words() {
      return words;
    }
  }

  /**
   * A run to fit or to predict.
   *
   * @param rows rows of input
   * @param partitions number of partitions, at least 1 where there are rows
   * @param workers number of workers
   * @param added workers that had to be started: as many, or 0 for a serial run
   */
  public record Load(long rows, long partitions, int workers, int added) {
    /** The load of a serial run. */
    public static Load serial(long rows, long partitions) {
      return new Load(rows, partitions, 1, 0);
    }
  }

  /**
   * A measured run.
   *
   * @param load what was done
   * @param seconds median time
   */
  public record Point(Load load, double seconds) {}

  /**
   * A point that was predicted from a fit to the others.
   *
   * @param point the point
   * @param predicted seconds
   */
  public record HeldOut(Point point, double predicted) {
    /** Predicted over measured, less 1. */
    public double error() {
      return predicted / point.seconds() - 1;
    }
  }

  public CostModel {
    coefficients = inOrder(coefficients);
    notIdentified = inOrder(notIdentified);
  }

  /** Sums depend on the order of their terms, and the same study has to give the same bits. */
  private static <V> Map<Term, V> inOrder(Map<Term, V> terms) {
    Map<Term, V> inOrder = new EnumMap<>(Term.class);
    inOrder.putAll(terms);
    return Collections.unmodifiableMap(inOrder);
  }

  /** Fits the model; empty where there are no points. */
  public static Optional<CostModel> fit(List<Point> points, int processors) {
    if (points.isEmpty()) {
      return Optional.empty();
    }
    Term[] terms = Term.values();
    double[][] a = new double[points.size()][terms.length];
    double[] ones = new double[points.size()];
    for (int i = 0; i < a.length; i++) {
      Point point = points.get(i);
      ones[i] = 1;
      for (Term term : terms) {
        a[i][term.ordinal()] = factor(term, point.load(), processors) / point.seconds();
      }
    }
    boolean[] dependent = LeastSquares.dependent(a);
    Set<Term> fitted = EnumSet.noneOf(Term.class);
    Map<Term, String> not = new EnumMap<>(Term.class);
    for (Term term : terms) {
      if (dependent[term.ordinal()]) {
        not.put(term, why(term, points));
      } else {
        fitted.add(term);
      }
    }
    List<Term> order = List.copyOf(fitted);
    double[][] some = new double[a.length][order.size()];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < some[i].length; j++) {
        some[i][j] = a[i][order.get(j).ordinal()];
      }
    }
    double[] x = LeastSquares.nonNegative(some, ones);
    Map<Term, Double> coefficients = new EnumMap<>(Term.class);
    for (int j = 0; j < x.length; j++) {
      coefficients.put(order.get(j), x[j]);
    }
    CostModel model = new CostModel(coefficients, not, processors, 0);
    double worst = 0;
    for (Point point : points) {
      worst = Math.max(worst, Math.abs(model.seconds(point.load()) / point.seconds() - 1));
    }
    return Optional.of(new CostModel(coefficients, not, processors, worst));
  }

  /**
   * Predicts each point from a fit to all others. Points without which a term could not be told are
   * left out: then it is not the model that is tested.
   */
  public static List<HeldOut> leaveOneOut(List<Point> points, int processors) {
    Optional<CostModel> whole = fit(points, processors);
    List<HeldOut> held = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      List<Point> others = new ArrayList<>(points);
      Point point = others.remove(i);
      Optional<CostModel> model = fit(others, processors);
      if (model.isPresent()
          && whole.isPresent()
          && model.get().coefficients().keySet().equals(whole.get().coefficients().keySet())
          && others.size() > model.get().coefficients().size()) {
        held.add(new HeldOut(point, model.get().seconds(point.load())));
      }
    }
    return held;
  }

  /** Seconds that a load is expected to take; terms that are not identified count nothing. */
  public double seconds(Load load) {
    double sum = 0;
    for (Map.Entry<Term, Double> term : coefficients.entrySet()) {
      sum += term.getValue() * factor(term.getKey(), load, processors);
    }
    return sum;
  }

  /** Seconds of a term; 0 where it is not identified. */
  public double coefficient(Term term) {
    return coefficients.getOrDefault(term, 0.0);
  }

  /** The same model with so many processors. */
  public CostModel with(int otherProcessors) {
    return new CostModel(coefficients, notIdentified, otherProcessors, worst);
  }

  private static double factor(Term term, Load load, int processors) {
    return switch (term) {
      case ROW -> load.rows() / parallel(load, processors);
      case START_UP -> 1;
      case PARTITION -> load.partitions();
      case WORKER -> load.added();
    };
  }

  private static double parallel(Load load, int processors) {
    if (load.partitions() == 0) {
      return 1;
    }
    long atOnce = Math.max(1, Math.min(load.workers(), processors));
    long turns = (load.partitions() + atOnce - 1) / atOnce;
    return (double) load.partitions() / turns;
  }

  private static String why(Term term, List<Point> points) {
    TreeSet<Long> rows = new TreeSet<>();
    TreeSet<Long> partitions = new TreeSet<>();
    TreeSet<Integer> workers = new TreeSet<>();
    for (Point point : points) {
      rows.add(point.load().rows());
      partitions.add(point.load().partitions());
      workers.add(point.load().workers());
    }
    return "not identifiable from %d input size%s, %d number%s of partitions, workers %s"
            .formatted(
                rows.size(),
                rows.size() == 1 ? "" : "s",
                partitions.size(),
                partitions.size() == 1 ? "" : "s",
                String.join(",", workers.stream().map(String::valueOf).toList()))
        + switch (term) {
          case ROW -> "";
          case START_UP -> "; measure at least two input sizes (--limit)";
          case PARTITION -> "; measure several partitionings (--partition)";
          case WORKER -> "; measure several input sizes and numbers of workers";
        };
  }
}
