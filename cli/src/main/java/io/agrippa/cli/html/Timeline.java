package io.agrippa.cli.html;

/** Who did what when: one lane a worker, one box a piece of work. */
public final class Timeline {
  private static final double WIDTH = 960;
  private static final double LEFT = 28;
  private static final double RIGHT = 12;
  private static final double LANE = 22;
  private static final double FOOT = 34;

  private final String name;
  private final Axis x;
  private final int lanes;
  private final StringBuilder boxes = new StringBuilder();

  /**
   * A timeline.
   *
   * @param name what it shows, for those who do not see it
   * @param x the time
   * @param lanes number of workers
   */
  public Timeline(String name, Axis x, int lanes) {
    this.name = name;
    this.x = x;
    this.lanes = lanes;
  }

  /**
   * A piece of work.
   *
   * @param lane who, from 0
   * @param number which one: neighbours get colours that differ
   * @param title what to say of it when pointed at
   */
  public Timeline box(int lane, long number, double start, double end, String title) {
    if (lane < 0 || lane >= lanes) {
      throw new IllegalArgumentException("lane " + lane + " of " + lanes);
    }
    boxes.append(
        "<rect class=\"s%d fill\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>"
            .formatted(
                number % 2 == 0 ? 0 : 5,
                Markup.number(left(start)),
                Markup.number(lane * LANE + 2),
                Markup.number(Math.max(0.5, left(end) - left(start))),
                Markup.number(LANE - 4),
                Markup.escaped(title)));
    return this;
  }

  private double left(double value) {
    return LEFT + Math.max(0, Math.min(1, x.at(value))) * (WIDTH - LEFT - RIGHT);
  }

  /** The picture. */
  public Markup markup() {
    double height = lanes * LANE + FOOT;
    StringBuilder svg =
        new StringBuilder(
            "<svg class=\"wide\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"%s\">"
                .formatted(Markup.number(WIDTH), Markup.number(height), Markup.escaped(name)));
    for (double tick : x.ticks()) {
      String at = Markup.number(left(tick));
      svg.append(
          "<path class=\"axis\" d=\"M%s 0V%s\"/>".formatted(at, Markup.number(lanes * LANE)));
      svg.append(
          "<text class=\"soft\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">%s</text>"
              .formatted(at, Markup.number(lanes * LANE + 14), Markup.escaped(Axis.label(tick))));
    }
    svg.append(
        "<text class=\"soft\" x=\"%s\" y=\"%s\" text-anchor=\"end\">%s</text>"
            .formatted(
                Markup.number(WIDTH - RIGHT),
                Markup.number(height - 4),
                Markup.escaped(x.title())));
    for (int lane = 0; lane < lanes; lane++) {
      svg.append(
          "<text class=\"soft\" x=\"0\" y=\"%s\">%d</text>"
              .formatted(Markup.number(lane * LANE + LANE - 7), lane));
    }
    return new Markup(svg.append(boxes).append("</svg>").toString());
  }
}
