package io.agrippa.engine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Types and schemas as people write them: {@code int}, {@code timestamp(millis)}, {@code
 * decimal(9,2)}; {@code id long, "order date" date, price}.
 */
public final class TypeText {
  private static final String KNOWN =
      "boolean, byte, short, int, long, float, double, string, date, binary,"
          + " decimal(PRECISION,SCALE), time, timestamp and timestamp_utc, the last three also with"
          + " (millis), (micros) or (nanos)";
  private static final Pattern PARAMETERS = Pattern.compile("([a-z_]+)\\s*(?:\\(([^()]*)\\))?");

  /**
   * A name, quoted (with "" for a quote) or without white space, commas and quotes; then perhaps a
   * type.
   */
  private static final Pattern COLUMN =
      Pattern.compile(
          "\\s*(?:\"((?:[^\"]|\"\")*)\"|([^\\s,\"]+))(?:\\s+([A-Za-z_]+\\s*(?:\\([^()]*\\))?))?\\s*(,|$)");

  private TypeText() {}

  /** A type as text; {@link #parse} reads it back unless it is {@link Type.Foreign}. */
  public static String of(Type type) {
    if (type instanceof Type.Scalar scalar) {
      return lower(scalar);
    }
    if (type instanceof Type.Time time) {
      return "time(" + lower(time.unit()) + ")";
    }
    if (type instanceof Type.Timestamp timestamp) {
      return switch (timestamp.clock()) {
        case LOCAL -> "timestamp(" + lower(timestamp.unit()) + ")";
        case UTC -> "timestamp_utc(" + lower(timestamp.unit()) + ")";
      };
    }
    if (type instanceof Type.Decimal decimal) {
      return "decimal(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    return ((Type.Foreign) type).description();
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a type, in any case of letters. Times without a unit are of microseconds.
   *
   * @throws IllegalArgumentException if it is none; the message lists those there are
   */
  public static Type parse(String text) {
    Matcher matcher = PARAMETERS.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw unknown(text);
    }
    String name = matcher.group(1);
    String parameters = matcher.group(2);
    return switch (name) {
      case "decimal" -> decimal(text, parameters);
      case "time" -> new Type.Time(unit(text, parameters));
      case "timestamp" -> new Type.Timestamp(unit(text, parameters), Type.Clock.LOCAL);
      case "timestamp_utc" -> new Type.Timestamp(unit(text, parameters), Type.Clock.UTC);
      default -> scalar(text, name, parameters);
    };
  }

  private static Type scalar(String text, String name, String parameters) {
    for (Type.Scalar scalar : Type.Scalar.values()) {
      if (lower(scalar).equals(name) && parameters == null) {
        return scalar;
      }
    }
    throw unknown(text);
  }

  private static Type.Unit unit(String text, String parameters) {
    if (parameters == null) {
      return Type.Unit.MICROS;
    }
    for (Type.Unit unit : Type.Unit.values()) {
      if (lower(unit).equals(parameters.strip())) {
        return unit;
      }
    }
    throw unknown(text);
  }

  private static Type.Decimal decimal(String text, String parameters) {
    String[] numbers = parameters == null ? new String[0] : parameters.split(",", -1);
    if (numbers.length != 2) {
      throw unknown(text);
    }
    try {
      return new Type.Decimal(
          Integer.parseInt(numbers[0].strip()), Integer.parseInt(numbers[1].strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(unknown(text).getMessage(), e);
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "\"" + text.strip() + "\" is not a type; the types are " + KNOWN);
  }

  /**
   * Reads a list of columns: names separated by commas, each with its type behind it; without one
   * it is a string. A name that holds white space, commas or quotes is put in double quotes, a
   * quote in it doubled.
   *
   * @throws IllegalArgumentException if it cannot be read; the message says from where on
   */
  public static Schema parseSchema(String text) {
    List<Field> fields = new ArrayList<>();
    Matcher matcher = COLUMN.matcher(text);
    int at = 0;
    boolean more = true;
    while (more) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new IllegalArgumentException(
            "the schema cannot be read from \"%s\" on; write it as NAME TYPE, NAME TYPE, … with names that hold spaces or commas in double quotes"
                .formatted(text.substring(at)));
      }
      String name =
          matcher.group(1) != null ? matcher.group(1).replace("\"\"", "\"") : matcher.group(2);
      Type type = matcher.group(3) == null ? Type.Scalar.STRING : parse(matcher.group(3));
      fields.add(new Field(name, type));
      at = matcher.end();
      more = matcher.group(4).equals(",");
    }
    return new Schema(fields);
  }

  /** A list of columns as text that {@link #parseSchema} reads back. */
  public static String of(Schema schema) {
    List<String> columns = new ArrayList<>();
    for (Field field : schema.fields()) {
      boolean plain = field.name().matches("[^\\s,\"]+");
      String name = plain ? field.name() : "\"" + field.name().replace("\"", "\"\"") + "\"";
      columns.add(name + " " + of(field.type()));
    }
    return String.join(", ", columns);
  }
}
