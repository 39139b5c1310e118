package io.agrippa.datasets;

import java.util.List;

/**
 * A generator of the catalogue.
 *
 * @param name how it is called: {@code generate:NAME} or {@code generate:NAME,PARAMETER=VALUE,…}
 * @param title what it makes, in one line
 * @param parameters what may be chosen
 */
public record Generator(String name, String title, List<Parameter> parameters) {
  public Generator {
    parameters = List.copyOf(parameters);
  }

  /**
   * Something that may be chosen.
   *
   * @param name its name
   * @param standard the value where none is given
   * @param meaning what it does and which values it may have
   */
  public record Parameter(String name, String standard, String meaning) {}
}
