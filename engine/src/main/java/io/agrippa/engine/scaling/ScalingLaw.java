package io.agrippa.engine.scaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A law of scaling fitted to times {@code T(N)} by non-negative least squares of relative errors.
 *
 * <p>Written as times, both laws are linear. Amdahl's: {@code T = T1·(σ + (1−σ)/N)}. The Universal
 * Scalability Law of Gunther, {@code T = T1·(1 + σ(N−1) + κN(N−1))/N}, adds a cost of keeping each
 * pair of workers coherent; with κ = 0 it is Amdahl's.
 *
 * @param single fitted time of one worker, seconds
 * @param contention σ: the share of the work that cannot be done beside other work
 * @param coherence κ; 0 by Amdahl's law
 * @param worst largest relative error on the fitted points
 * @param exact whether there were as many numbers of workers as coefficients, so that nothing
 *     checks the law
 */
public record ScalingLaw(
    double single, double contention, double coherence, double worst, boolean exact) {
  /** A measured time. */
  public record Point(int workers, double seconds) {
    public Point {
      if (workers < 1 || !(seconds > 0)) {
        throw new IllegalArgumentException(
            "%d workers in %s s: both have to be positive".formatted(workers, seconds));
      }
    }
  }

  /**
   * What came of fitting a law.
   *
   * @param law empty where the points do not identify it
   * @param why why not, or what the fit rests on
   */
  public record Fit(Optional<ScalingLaw> law, String why) {}

  /** Fits Amdahl's law; takes two numbers of workers. */
  public static Fit amdahl(List<Point> points) {
    return fit(points, 2);
  }

  /** Fits the Universal Scalability Law; takes three numbers of workers. */
  public static Fit universal(List<Point> points) {
    return fit(points, 3);
  }

  private static Fit fit(List<Point> points, int coefficients) {
    TreeSet<Integer> distinct =
        points.stream().map(Point::workers).collect(Collectors.toCollection(TreeSet::new));
    String from = "N=" + distinct.stream().map(String::valueOf).collect(Collectors.joining(","));
    if (distinct.size() < coefficients) {
      return new Fit(
          Optional.empty(),
          points.isEmpty()
              ? "not identifiable: nothing was measured"
              : "not identifiable from " + from + ": it has " + coefficients + " coefficients");
    }
    double[][] a = new double[points.size()][];
    double[] ones = new double[points.size()];
    for (int i = 0; i < a.length; i++) {
      double n = points.get(i).workers();
      double t = points.get(i).seconds();
      ones[i] = 1;
      // T = c0·1/N + c1·(N−1)/N + c2·(N−1), divided by the measured time: relative errors.
      a[i] =
          coefficients == 2
              ? new double[] {1 / n / t, (n - 1) / n / t}
              : new double[] {1 / n / t, (n - 1) / n / t, (n - 1) / t};
    }
    double[] x = LeastSquares.nonNegative(a, ones);
    if (x[0] == 0) {
      return new Fit(
          Optional.empty(), "not identifiable from " + from + ": more workers only took longer");
    }
    ScalingLaw law =
        new ScalingLaw(
            x[0],
            x[1] / x[0],
            coefficients == 2 ? 0 : x[2] / x[0],
            0,
            distinct.size() == coefficients);
    double worst = 0;
    for (Point point : points) {
      worst = Math.max(worst, Math.abs(law.seconds(point.workers()) / point.seconds() - 1));
    }
    return new Fit(
        Optional.of(new ScalingLaw(law.single, law.contention, law.coherence, worst, law.exact)),
        "fitted to " + from + (law.exact ? ", which leaves nothing to check it with" : ""));
  }

  /** Time with so many workers, seconds. */
  public double seconds(int workers) {
    double n = workers;
    return single * (1 + contention * (n - 1) + coherence * n * (n - 1)) / n;
  }

  /** One worker's time over that of so many. */
  public double speedup(int workers) {
    return single / seconds(workers);
  }

  /** The number of workers beyond which more of them take longer; empty where there is none. */
  public Optional<Integer> peak() {
    if (coherence <= 0) {
      return Optional.empty();
    }
    double peak = Math.sqrt(Math.max(0, 1 - contention) / coherence);
    int below = Math.max(1, (int) Math.floor(Math.min(peak, 1e9)));
    return Optional.of(seconds(below) <= seconds(below + 1) ? below : below + 1);
  }

  /** The Karp–Flatt metric: the serial fraction that a speed-up on so many workers shows. */
  public static double karpFlatt(double speedup, int workers) {
    if (workers < 2) {
      throw new IllegalArgumentException("one worker shows no serial fraction");
    }
    return (1 / speedup - 1.0 / workers) / (1 - 1.0 / workers);
  }

  /** Points within the limit. */
  static List<Point> upTo(List<Point> points, int workers) {
    List<Point> within = new ArrayList<>(points);
    within.removeIf(point -> point.workers() > workers);
    return within;
  }
}
