package io.agrippa.cli.html;

import java.util.ArrayList;
import java.util.List;

/** Points, lines, bands and bars of error over two axes. */
public final class XyChart {
  private static final double WIDTH = 480;
  private static final double HEIGHT = 300;
  private static final double LEFT = 52;
  private static final double RIGHT = 12;
  private static final double TOP = 24;
  private static final double BOTTOM = 42;
  private static final int COLOURS = 8;

  /**
   * Between the lines of different series, so that bars of error at the same place are told apart.
   */
  private static final double ASIDE = 4;

  private final String name;
  private final Axis x;
  private final Axis y;
  private final StringBuilder marks = new StringBuilder();
  private final List<String> legend = new ArrayList<>();

  /**
   * A chart.
   *
   * @param name what it shows, for those who do not see it
   */
  public XyChart(String name, Axis x, Axis y) {
    this.name = name;
    this.x = x;
    this.y = y;
  }

  /**
   * A measured point.
   *
   * @param low lower end of its bar of error; as y where it has none
   * @param high upper end
   */
  public record Point(double x, double y, double low, double high) {
    /** A point without a bar of error. */
    public Point(double x, double y) {
      this(x, y, y, y);
    }
  }

  /** Points joined by a line, with their bars of error. */
  public XyChart line(String label, List<Point> points) {
    int colour = legend(label);
    marks.append("<g class=\"s").append(colour).append("\">");
    double aside = ASIDE * colour;
    path("mark", points, aside);
    dots(points, aside);
    marks.append("</g>");
    return this;
  }

  /** A line without marks. */
  public XyChart curve(String label, List<Point> points) {
    int colour = legend(label);
    marks.append("<g class=\"s").append(colour).append("\">");
    path("mark", points, 0);
    marks.append("</g>");
    return this;
  }

  /** Points that are not joined. */
  public XyChart points(String label, List<Point> points) {
    int colour = legend(label);
    marks.append("<g class=\"s").append(colour).append("\">");
    dots(points, 0);
    marks.append("</g>");
    return this;
  }

  /** A line without marks, dashed: what a law expects. */
  public XyChart dashed(String label, List<Point> points) {
    int colour = legend(label);
    marks.append("<g class=\"s").append(colour).append("\">");
    path("dash", points, 0);
    marks.append("</g>");
    return this;
  }

  /** A line to hold others against, without colour. */
  public XyChart guide(List<Point> points) {
    path("guide", points, 0);
    return this;
  }

  private int legend(String label) {
    if (!legend.contains(label)) {
      legend.add(label);
    }
    return legend.indexOf(label) % COLOURS;
  }

  private void path(String kind, List<Point> points, double aside) {
    marks.append("<polyline class=\"").append(kind).append("\" points=\"");
    for (Point point : points) {
      marks.append(Markup.number(left(point.x()) + aside)).append(',');
      marks.append(Markup.number(top(point.y()))).append(' ');
    }
    marks.append("\"/>");
  }

  private void dots(List<Point> points, double aside) {
    for (Point point : points) {
      double px = left(point.x()) + aside;
      if (point.high() > point.low()) {
        marks.append(
            "<path class=\"mark\" d=\"M%s %sV%sM%s %sh8M%s %sh8\"/>"
                .formatted(
                    Markup.number(px),
                    Markup.number(top(point.low())),
                    Markup.number(top(point.high())),
                    Markup.number(px - 4),
                    Markup.number(top(point.low())),
                    Markup.number(px - 4),
                    Markup.number(top(point.high()))));
      }
      marks.append(
          "<circle class=\"fill\" cx=\"%s\" cy=\"%s\" r=\"4\"/>"
              .formatted(Markup.number(px), Markup.number(top(point.y()))));
    }
  }

  private double left(double value) {
    return LEFT + Math.max(0, Math.min(1, x.at(value))) * (WIDTH - LEFT - RIGHT);
  }

  private double top(double value) {
    return HEIGHT - BOTTOM - Math.max(0, Math.min(1, y.at(value))) * (HEIGHT - TOP - BOTTOM);
  }

  /** The picture, with its legend above. */
  public Markup markup() {
    StringBuilder svg = new StringBuilder();
    if (legend.size() > 1) {
      svg.append(legendOf(legend).text());
    }
    svg.append(
        "<svg viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
            .formatted(Markup.number(WIDTH), Markup.number(HEIGHT), Markup.escaped(name)));
    for (double tick : y.ticks()) {
      String at = Markup.number(top(tick));
      svg.append(
          "<path class=\"axis\" d=\"M%s %sH%s\"/>"
              .formatted(Markup.number(LEFT), at, Markup.number(WIDTH - RIGHT)));
      svg.append(
          "<text class=\"soft\" x=\"%s\" y=\"%s\" dy=\"4\" text-anchor=\"end\">%s</text>"
              .formatted(Markup.number(LEFT - 6), at, Markup.escaped(Axis.label(tick))));
    }
    for (double tick : x.ticks()) {
      String at = Markup.number(left(tick));
      svg.append(
          "<path class=\"axis\" d=\"M%s %sv5\"/>".formatted(at, Markup.number(HEIGHT - BOTTOM)));
      svg.append(
          "<text class=\"soft\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>"
              .formatted(
                  at, Markup.number(HEIGHT - BOTTOM + 18), Markup.escaped(Axis.label(tick))));
    }
    svg.append(
        "<text class=\"soft\" x=\"0\" y=\"12\">%s</text>".formatted(Markup.escaped(y.title())));
    svg.append(
        "<text class=\"soft\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>"
            .formatted(
                Markup.number(WIDTH - RIGHT),
                Markup.number(HEIGHT - 6),
                Markup.escaped(x.title())));
    return new Markup(svg.append(marks).append("</svg>").toString());
  }

  /** Names with their colours, in the order of the series. */
  static Markup legendOf(List<String> names) {
    StringBuilder text = new StringBuilder("<div class=\"legend\">");
    for (int i = 0; i < names.size(); i++) {
      text.append("<span class=\"s").append(i % COLOURS).append("\"><i></i>");
      text.append(Markup.escaped(names.get(i))).append("</span>");
    }
    return new Markup(text.append("</div>").toString());
  }
}
