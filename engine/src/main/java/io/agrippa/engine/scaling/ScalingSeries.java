package io.agrippa.engine.scaling;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.scaling.ScalingLaw.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The same work on more and more workers of one kind, and the laws fitted to it.
 *
 * <p>The laws speak of workers that each have a processor. So where the work computes, points with
 * more workers than processors are left out of the fits; where it waits, they are not, because then
 * processors are not what it is short of.
 *
 * @param family kind and schedule of the runners
 * @param partitioning how the input was cut
 * @param limit rows of input; all where empty
 * @param points median times; one worker is the family's own, or the serial run where it has none
 * @param leftOut numbers of workers that were measured but left out of the fits
 * @param amdahl Amdahl's law
 * @param universal the Universal Scalability Law
 */
public record ScalingSeries(
    String family,
    Partitioning partitioning,
    OptionalLong limit,
    List<Point> points,
    List<Integer> leftOut,
    ScalingLaw.Fit amdahl,
    ScalingLaw.Fit universal) {
  public ScalingSeries {
    points = List.copyOf(points);
    leftOut = List.copyOf(leftOut);
  }

  /** All series that the summaries hold, those of one point left out. */
  static List<ScalingSeries> of(
      List<ConfigurationSummary> summaries, int processors, boolean waits) {
    Map<String, List<ConfigurationSummary>> groups = new LinkedHashMap<>();
    for (ConfigurationSummary summary : summaries) {
      Configuration c = summary.configuration();
      if (!c.name().isSerial()) {
        groups
            .computeIfAbsent(
                c.name().family() + "\n" + c.partitioning() + "\n" + c.limit(),
                key -> new ArrayList<>())
            .add(summary);
      }
    }
    List<ScalingSeries> series = new ArrayList<>();
    for (List<ConfigurationSummary> group : groups.values()) {
      Configuration first = group.get(0).configuration();
      List<Point> points = new ArrayList<>();
      if (group.stream().noneMatch(summary -> summary.workers() == 1)) {
        summaries.stream()
            .filter(summary -> summary.configuration().equals(first.on(RunnerName.SERIAL)))
            .forEach(summary -> points.add(new Point(1, summary.wall().median())));
      }
      group.forEach(s -> points.add(new Point(s.workers(), s.wall().median())));
      List<Point> fitted = waits ? points : ScalingLaw.upTo(points, processors);
      TreeSet<Integer> leftOut = new TreeSet<>();
      points.stream().filter(p -> !fitted.contains(p)).forEach(p -> leftOut.add(p.workers()));
      if (points.size() > 1) {
        series.add(
            new ScalingSeries(
                first.name().family(),
                first.partitioning(),
                first.limit(),
                points,
                List.copyOf(leftOut),
                ScalingLaw.amdahl(fitted),
                ScalingLaw.universal(fitted)));
      }
    }
    return series;
  }
}
