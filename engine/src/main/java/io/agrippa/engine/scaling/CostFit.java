package io.agrippa.engine.scaling;

import io.agrippa.engine.scaling.CostModel.HeldOut;
import io.agrippa.engine.scaling.CostModel.Load;
import io.agrippa.engine.scaling.CostModel.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cost model of one family of runners, with serial runs as its case without added workers.
 *
 * @param family kind and schedule of the runners; {@code serial} where nothing else was measured
 * @param model the model, fitted to all points
 * @param points what it was fitted to: medians
 * @param heldOut each point predicted from a fit to all others, where that fit identifies as much
 * @param largestHeldOut the points of the largest input predicted from a fit to the smaller ones
 */
public record CostFit(
    String family,
    CostModel model,
    List<Point> points,
    List<HeldOut> heldOut,
    List<HeldOut> largestHeldOut) {
  public CostFit {
    points = List.copyOf(points);
    heldOut = List.copyOf(heldOut);
    largestHeldOut = List.copyOf(largestHeldOut);
  }

  /** One for each family; where only serial runs were made, one for these. */
  static List<CostFit> of(List<ConfigurationSummary> summaries, int processors) {
    List<Point> serial = new ArrayList<>();
    Map<String, List<Point>> families = new LinkedHashMap<>();
    for (ConfigurationSummary summary : summaries) {
      RunnerName name = summary.configuration().name();
      double seconds = summary.wall().median();
      if (name.isSerial()) {
        serial.add(new Point(Load.serial(summary.rows(), summary.partitions()), seconds));
      } else {
        int workers = summary.workers();
        families
            .computeIfAbsent(name.family(), family -> new ArrayList<>())
            .add(
                new Point(
                    new Load(summary.rows(), summary.partitions(), workers, workers), seconds));
      }
    }
    if (families.isEmpty()) {
      families.put(RunnerName.SERIAL, new ArrayList<>());
    }
    List<CostFit> fits = new ArrayList<>();
    families.forEach(
        (family, points) -> {
          List<Point> all = new ArrayList<>(serial);
          all.addAll(points);
          CostModel.fit(all, processors)
              .ifPresent(
                  model ->
                      fits.add(
                          new CostFit(
                              family,
                              model,
                              all,
                              CostModel.leaveOneOut(all, processors),
                              largest(all, processors))));
        });
    return fits;
  }

  private static List<HeldOut> largest(List<Point> points, int processors) {
    long most = points.stream().mapToLong(point -> point.load().rows()).max().orElse(0);
    List<Point> smaller = points.stream().filter(p -> p.load().rows() < most).toList();
    Optional<CostModel> model = CostModel.fit(smaller, processors);
    if (model.isEmpty() || smaller.size() <= model.get().coefficients().size()) {
      return List.of();
    }
    return points.stream()
        .filter(point -> point.load().rows() == most)
        .map(point -> new HeldOut(point, model.get().seconds(point.load())))
        .toList();
  }

  /** Median of the held-out points' relative errors without sign; empty where none was held out. */
  public Optional<Double> usualError() {
    return usual(heldOut);
  }

  /** As {@link #usualError}, of the largest input predicted from the smaller ones. */
  public Optional<Double> largestError() {
    return usual(largestHeldOut);
  }

  private static Optional<Double> usual(List<HeldOut> held) {
    return held.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Spread.median(held.stream().mapToDouble(point -> Math.abs(point.error())).toArray()));
  }
}
