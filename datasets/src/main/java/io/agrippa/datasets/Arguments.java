package io.agrippa.datasets;

import io.agrippa.datasets.Generator.Parameter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of a generator's parameters, as given or standard. */
final class Arguments {
  private final String name;
  private final Map<String, String> values;

  private Arguments(String name, Map<String, String> values) {
    this.name = name;
    this.values = values;
  }

  /** Reads {@code PARAMETER=VALUE} texts; {@code name} is what messages call the dataset. */
  static Arguments parse(String name, Generator generator, List<String> texts) {
    Map<String, String> given = new HashMap<>();
    List<String> known = generator.parameters().stream().map(Parameter::name).toList();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String parameter = equals < 0 ? text : text.substring(0, equals);
      if (equals < 0 || !known.contains(parameter)) {
        throw new IllegalArgumentException(
            "%s: \"%s\" is no parameter of generate:%s; %s"
                .formatted(
                    name,
                    text,
                    generator.name(),
                    "write one of " + String.join("=…, ", known) + "=…"));
      }
      if (given.put(parameter, text.substring(equals + 1)) != null) {
        throw new IllegalArgumentException(name + ": " + parameter + " is given twice; drop one");
      }
    }
    for (Parameter parameter : generator.parameters()) {
      given.putIfAbsent(parameter.name(), parameter.standard());
    }
    return new Arguments(name, given);
  }

  /** A whole number; underscores between digits are allowed. */
  long whole(String parameter, long least, long most) {
    String text = values.get(parameter);
    try {
      long value = Long.parseLong(text.replace("_", ""));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw outside(parameter, text, "a whole number", e);
    }
    throw outside(parameter, text, "from " + least + " to " + most, null);
  }

  /** A real number. */
  double real(String parameter, double least, double most) {
    String text = values.get(parameter);
    try {
      double value = Double.parseDouble(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw outside(parameter, text, "a number", e);
    }
    throw outside(parameter, text, "from " + least + " to " + most, null);
  }

  private IllegalArgumentException outside(
      String parameter, String text, String rule, NumberFormatException cause) {
    return new IllegalArgumentException(
        "%s: %s=%s is not allowed; it has to be %s".formatted(name, parameter, text, rule), cause);
  }
}
