package io.agrippa.cli.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scale from values to a length in a picture.
 *
 * @param title what is measured, with its unit
 * @param low least value shown
 * @param high largest value shown
 * @param kind how values are laid out
 */
public record Axis(String title, double low, double high, Kind kind) {
  /** How values are laid out. */
  public enum Kind {
    /** Equal steps for equal differences. */
    LINEAR,
    /** Equal steps for equal ratios. */
    LOGARITHMIC
  }

  private static final int STEPS = 5;

  public Axis {
    if (!(high > low) || (kind == Kind.LOGARITHMIC && !(low > 0))) {
      throw new IllegalArgumentException("axis \"%s\" from %s to %s".formatted(title, low, high));
    }
  }

  /** From 0 to at least a value. */
  public static Axis fromZero(String title, double high) {
    double top = high > 0 ? high : 1;
    double step = step(top / STEPS);
    return new Axis(title, 0, Math.ceil(top / step - 1e-9) * step, Kind.LINEAR);
  }

  /** Between two values, linear. */
  public static Axis linear(String title, double low, double high) {
    return new Axis(title, low, high > low ? high : low + 1, Kind.LINEAR);
  }

  /** Whole powers of ten around two positive values. */
  public static Axis logarithmic(String title, double low, double high) {
    double from = Math.pow(10, Math.floor(Math.log10(low)));
    double to = Math.pow(10, Math.ceil(Math.log10(high)));
    return new Axis(title, from, to > from ? to : from * 10, Kind.LOGARITHMIC);
  }

  private static double step(double least) {
    double unit = Math.pow(10, Math.floor(Math.log10(least)));
    double times = least / unit;
    return unit * (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10);
  }

  /** Where a value lies, 0 at the low end and 1 at the high end. */
  double at(double value) {
    return switch (kind) {
      case LINEAR -> (value - low) / (high - low);
      case LOGARITHMIC -> Math.log(value / low) / Math.log(high / low);
    };
  }

  /** Values to mark. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    switch (kind) {
      case LINEAR -> {
        double step = step((high - low) / STEPS);
        for (double tick = Math.ceil(low / step - 1e-9) * step;
            tick <= high + step * 1e-9;
            tick += step) {
          ticks.add(tick);
        }
      }
      case LOGARITHMIC -> {
        for (double tick = low; tick <= high * (1 + 1e-9); tick *= 10) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  /** A marked value in words. */
  static String label(double marked) {
    double value = Math.abs(marked) < 1e-12 ? 0 : marked; // steps may miss zero by a rounding
    double size = Math.abs(value);
    if (size >= 1e6) {
      return short3(value / 1e6) + "M";
    }
    if (size >= 1e4) {
      return short3(value / 1e3) + "k";
    }
    return size != 0 && size < 1e-3 ? String.format(Locale.ROOT, "%.0e", value) : short3(value);
  }

  private static String short3(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }
}
