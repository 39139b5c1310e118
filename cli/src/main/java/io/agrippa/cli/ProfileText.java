package io.agrippa.cli;

import io.agrippa.engine.analysis.Profile;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.data.TypeText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A profile as tables for people and as JSON. */
final class ProfileText {
  private static final int TOP_SHOWN = 3;
  private static final int TEXT_SHOWN = 24;

  private ProfileText() {}

  static void print(Profile profile, PrintWriter out) {
    out.println(String.format(Locale.ROOT, "%,d rows", profile.rows()));
    out.println();
    Table all =
        new Table("COLUMN", "TYPE", "VALUES", "MISSING", "MALFORMED", "DIFFERENT", "MOST FREQUENT");
    for (Profile.Field field : profile.fields()) {
      all.add(
          field.name(),
          TypeText.of(field.type()),
          count(field.values()),
          count(field.missing()),
          count(field.malformed()),
          field.distinct().map(ProfileText::distinct).orElse(""),
          top(field.top()));
    }
    all.print(out);
    if (profile.fields().stream().anyMatch(ProfileText::isNumeric)) {
      out.println();
      numbers(profile).print(out);
    }
    notes(profile).forEach(out::println);
    out.flush();
  }

  private static boolean isNumeric(Profile.Field field) {
    return field.numbers().isPresent();
  }

  private static Table numbers(Profile profile) {
    Table numbers =
        new Table(
            "COLUMN",
            "LEAST",
            "5 %",
            "25 %",
            "MEDIAN",
            "75 %",
            "95 %",
            "GREATEST",
            "MEAN",
            "STD. DEVIATION");
    for (Profile.Field field : profile.fields()) {
      if (field.numbers().isPresent()) {
        Profile.Numbers of = field.numbers().get();
        String part =
            of.count() < field.values()
                ? String.format(
                    Locale.ROOT, " (%s of %s)", count(of.count()), count(field.values()))
                : "";
        numbers.add(
            field.name() + part,
            text(field, of.least()),
            text(field, quantile(of, 0.05)),
            text(field, quantile(of, 0.25)),
            text(field, quantile(of, 0.5)),
            text(field, quantile(of, 0.75)),
            text(field, quantile(of, 0.95)),
            text(field, of.greatest()),
            text(field, of.mean()),
            isPlain(field.type()) ? number(Math.sqrt(of.variance())) : "");
      }
    }
    return numbers;
  }

  private static List<String> notes(Profile profile) {
    List<String> notes = new ArrayList<>();
    for (Profile.Field field : profile.fields()) {
      field
          .numbers()
          .filter(numbers -> numbers.notNumbers() + numbers.infinities() > 0)
          .ifPresent(
              numbers ->
                  notes.add(
                      "%s: %s not a number (left out), %s infinite (left out of mean and deviation)"
                          .formatted(
                              field.name(),
                              count(numbers.notNumbers()),
                              count(numbers.infinities()))));
    }
    profile.fields().stream()
        .flatMap(field -> field.numbers().stream())
        .mapToDouble(Profile.Numbers::relativeError)
        .filter(error -> error > 0)
        .max()
        .ifPresent(
            error ->
                notes.add(
                    "quantiles of columns with many different values may be off by %s of the value; means and deviations are exact"
                        .formatted(number(error))));
    if (profile.fields().stream()
        .anyMatch(f -> f.distinct().map(d -> d.relativeError() > 0).orElse(false))) {
      notes.add(
          "≈ estimated, with a standard error of 1.1 %; most frequent values then have counts that"
              + " may be too low by what stands behind ±");
    }
    if (!notes.isEmpty()) {
      notes.add(0, "");
    }
    return notes;
  }

  private static boolean isPlain(Type type) {
    return type instanceof Type.Decimal
        || (type instanceof Type.Scalar && type != Type.Scalar.DATE && type != Type.Scalar.BOOLEAN);
  }

  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String distinct(Profile.Distinct distinct) {
    return (distinct.relativeError() > 0 ? "≈ " : "") + count(distinct.count());
  }

  /** Those that were surely frequent: their count may be too low by no more than it says. */
  private static String top(Profile.Top top) {
    String shown =
        top.values().stream()
            .filter(value -> value.count() > top.error())
            .limit(TOP_SHOWN)
            .map(value -> shortened(value.value()) + " " + count(value.count()))
            .collect(Collectors.joining(", "));
    if (top.error() == 0) {
      return shown;
    }
    return shown.isEmpty()
        ? "none above " + count(2 * top.error())
        : shown + " ± " + count(top.error());
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > TEXT_SHOWN ? line.substring(0, TEXT_SHOWN - 1) + "…" : line;
  }

  static double quantile(Profile.Numbers numbers, double share) {
    return numbers.quantiles().stream()
        .filter(quantile -> quantile.share() == share)
        .mapToDouble(Profile.Quantile::value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static String text(Profile.Field field, double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return isPlain(field.type()) ? number(value) : field.text(value);
  }

  /** A number with about six digits. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "-∞";
    }
    double size = Math.abs(value);
    if (value == Math.rint(value) && size < 1e12) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= 1e12 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.4e", value);
    }
    return String.format(Locale.ROOT, size >= 1000 ? "%,.2f" : size >= 1 ? "%.4f" : "%.6f", value);
  }

  /** As maps and lists; numbers that are none are left out. */
  static Map<String, Object> json(Profile profile) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rows", profile.rows());
    json.put("columns", profile.fields().stream().map(ProfileText::json).toList());
    return json;
  }

  private static Map<String, Object> json(Profile.Field field) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", field.name());
    json.put("type", TypeText.of(field.type()));
    json.put("values", field.values());
    json.put("missing", field.missing());
    json.put("malformed", field.malformed());
    field.numbers().ifPresent(numbers -> json.put("numbers", json(field, numbers)));
    field
        .distinct()
        .ifPresent(
            distinct -> {
              json.put("distinct", distinct.count());
              json.put("distinctRelativeError", distinct.relativeError());
            });
    List<Object> top = new ArrayList<>();
    for (Profile.Frequent value : field.top().values()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("value", value.value());
      entry.put("count", value.count());
      top.add(entry);
    }
    json.put("top", top);
    json.put("topError", field.top().error());
    return json;
  }

  private static Map<String, Object> json(Profile.Field field, Profile.Numbers numbers) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", numbers.count());
    json.put("notNumbers", numbers.notNumbers());
    json.put("infinities", numbers.infinities());
    put(json, field, "min", numbers.least());
    put(json, field, "max", numbers.greatest());
    put(json, field, "mean", numbers.mean());
    Json.putNumber(json, "variance", numbers.variance());
    List<Object> quantiles = new ArrayList<>();
    for (Profile.Quantile quantile : numbers.quantiles()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("share", quantile.share());
      put(entry, field, "value", quantile.value());
      quantiles.add(entry);
    }
    json.put("quantiles", quantiles);
    json.put("quantileRelativeError", numbers.relativeError());
    return json;
  }

  /** Numbers as numbers, dates and times as texts. */
  private static void put(
      Map<String, Object> json, Profile.Field field, String name, double value) {
    if (isPlain(field.type()) || field.type() == Type.Scalar.BOOLEAN) {
      Json.putNumber(json, name, value);
    } else if (!Double.isNaN(value)) {
      json.put(name, field.text(value));
    }
  }
}
