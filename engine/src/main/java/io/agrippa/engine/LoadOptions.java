package io.agrippa.engine;

import io.agrippa.engine.data.TakenAsMissing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a model is loaded for scoring.
 *
 * @param model the modelName of the model to take; empty: the first one that can be scored
 * @param verify whether the model's own test is made
 * @param inputNames what the data calls a field, by the field's name in the document; fields that
 *     are not here keep their names. Two fields may be given the same name: both read it
 * @param results the results to give, in this order, also those that the document calls not final;
 *     empty: all that it calls final. An Output field that is left out cannot fail a row
 * @param taken invalid values to take for missing ones
 */
public record LoadOptions(
    Optional<String> model,
    Verify verify,
    Map<String, String> inputNames,
    List<String> results,
    Set<TakenAsMissing> taken) {
  /** The first model, verified, with the document's own names and all final results. */
  public static final LoadOptions DEFAULT =
      new LoadOptions(Optional.empty(), Verify.ON_LOAD, Map.of(), List.of());

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if a name is empty or a result is asked for twice
   */
  public LoadOptions {
    Objects.requireNonNull(verify, "verify");
    model.ifPresent(name -> requireName(name, "the model"));
    inputNames.forEach(
        (field, name) -> {
          requireName(field, "a field");
          requireName(name, "the data's name of field \"" + field + "\"");
        });
    Set<String> seen = new TreeSet<>();
    for (String result : results) {
      requireName(result, "a result");
      if (!seen.add(result)) {
        throw new IllegalArgumentException(
            "the result \"" + result + "\" is asked for twice; name it once");
      }
    }
    inputNames = Map.copyOf(inputNames);
    results = List.copyOf(results);
    taken = Set.copyOf(taken);
  }

  /** Options that take nothing for missing. */
  public LoadOptions(
      Optional<String> model, Verify verify, Map<String, String> inputNames, List<String> results) {
    this(model, verify, inputNames, results, Set.of());
  }

  private static void requireName(String name, String what) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(what + " has an empty name; give its name");
    }
  }

  /** These options with the model of this modelName. */
  public LoadOptions withModel(String modelName) {
    return new LoadOptions(Optional.of(modelName), verify, inputNames, results, taken);
  }

  /** These options with the model verified or not. */
  public LoadOptions withVerify(Verify other) {
    return new LoadOptions(model, other, inputNames, results, taken);
  }

  /** These options with a field that the data calls otherwise than the document. */
  public LoadOptions renaming(String field, String dataName) {
    Map<String, String> names = new LinkedHashMap<>(inputNames);
    names.put(field, dataName);
    return new LoadOptions(model, verify, names, results, taken);
  }

  /** These options with these results alone, in this order. */
  public LoadOptions selecting(String... names) {
    return new LoadOptions(model, verify, inputNames, List.of(names), taken);
  }

  /** These options with invalid values of these kinds taken for missing ones. */
  public LoadOptions taking(TakenAsMissing... kinds) {
    return new LoadOptions(model, verify, inputNames, results, Set.of(kinds));
  }
}
