package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Schema;
import java.util.List;
import java.util.Optional;

/**
 * Where classes and their probabilities stand.
 *
 * @param schema of the blocks
 * @param actual position of the column of what really was
 * @param condition what is asked of it; its values are the classes where empty
 * @param prediction position of the column of the predicted class; the most probable one is
 *     predicted where empty
 * @param probabilities columns of probabilities of classes, each class once
 * @param positive the class that a condition that holds means, or that the curves are of where
 *     there are two classes
 */
record ClassColumns(
    Schema schema,
    int actual,
    Optional<Actual.Condition> condition,
    Optional<Integer> prediction,
    List<Probability> probabilities,
    Optional<String> positive) {
  ClassColumns {
    probabilities = List.copyOf(probabilities);
  }

  /** The column of a class's probabilities. */
  record Probability(String label, int column) {}

  /** What a class is called that is not the positive one. */
  String negative() {
    List<String> others =
        probabilities.stream()
            .map(Probability::label)
            .filter(label -> !Optional.of(label).equals(positive))
            .toList();
    return others.size() == 1 ? others.get(0) : "not " + positive.orElseThrow();
  }

  /** Whether there is one class against the others, so that one ranking says all. */
  boolean isBinary() {
    return condition.isPresent() || (probabilities.size() == 2 && positive.isPresent());
  }

  /** The classes to rank: the positive one of two, else all that have probabilities. */
  List<Probability> ranked() {
    return isBinary()
        ? probabilities.stream()
            .filter(probability -> Optional.of(probability.label()).equals(positive))
            .toList()
        : probabilities;
  }
}
