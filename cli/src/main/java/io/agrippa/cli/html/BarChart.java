package io.agrippa.cli.html;

import java.util.ArrayList;
import java.util.List;

/** Bars from left to right, one below the other, each made of parts. */
public final class BarChart {
  private static final double WIDTH = 480;
  private static final double LINE = 34;
  private static final double BAR = 12;
  private static final double FOOT = 36;
  private static final double RIGHT = 16;
  private static final int COLOURS = 8;

  private final String name;
  private final Axis x;
  private final List<String> parts;
  private final List<Bar> bars = new ArrayList<>();

  private record Bar(String label, String value, List<Double> lengths) {}

  /**
   * A chart.
   *
   * @param name what it shows, for those who do not see it
   * @param x the scale; starts at 0
   * @param parts what the parts of each bar are
   */
  public BarChart(String name, Axis x, List<String> parts) {
    this.name = name;
    this.x = x;
    this.parts = List.copyOf(parts);
  }

  /**
   * A bar below the others.
   *
   * @param label what it is, in front
   * @param value what it comes to, behind
   * @param lengths one length for each part, none negative
   */
  public BarChart bar(String label, String value, List<Double> lengths) {
    if (lengths.size() != parts.size()) {
      throw new IllegalArgumentException(lengths.size() + " lengths of " + parts);
    }
    bars.add(new Bar(label, value, List.copyOf(lengths)));
    return this;
  }

  /** The picture, with its legend above where bars have several parts. */
  public Markup markup() {
    double height = bars.size() * LINE + FOOT;
    StringBuilder svg = new StringBuilder();
    if (parts.size() > 1) {
      svg.append(XyChart.legendOf(parts).text());
    }
    svg.append(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
            .formatted(Markup.number(WIDTH), Markup.number(height), Markup.escaped(name)));
    for (double tick : x.ticks()) {
      String at = Markup.number(left(tick));
      svg.append(
          "<path class=\"axis\" d=\"M%s 0V%s\"/>".formatted(at, Markup.number(height - FOOT)));
      svg.append(
          "<text class=\"soft\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
              .formatted(
                  at,
                  Markup.number(height - FOOT + 15),
                  tick == x.low() ? "start" : "middle",
                  Markup.escaped(Axis.label(tick))));
    }
    svg.append(
        "<text class=\"soft\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>"
            .formatted(
                Markup.number(WIDTH - RIGHT),
                Markup.number(height - 4),
                Markup.escaped(x.title())));
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = i * LINE;
      svg.append(
          "<text x=\"0\" y=\"%s\">%s</text>"
              .formatted(Markup.number(y + 13), Markup.escaped(bar.label())));
      svg.append(
          "<text class=\"soft\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>"
              .formatted(
                  Markup.number(WIDTH - RIGHT),
                  Markup.number(y + 13),
                  Markup.escaped(bar.value())));
      double from = x.low();
      for (int part = 0; part < parts.size(); part++) {
        double to = from + bar.lengths().get(part);
        svg.append(
            "<rect class=\"s%d fill\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
                .formatted(
                    part % COLOURS,
                    Markup.number(left(from)),
                    Markup.number(y + 17),
                    Markup.number(Math.max(0, left(to) - left(from))),
                    Markup.number(BAR)));
        from = to;
      }
    }
    return new Markup(svg.append("</svg>").toString());
  }

  private double left(double value) {
    return Math.max(0, Math.min(1, x.at(value))) * (WIDTH - RIGHT);
  }
}
