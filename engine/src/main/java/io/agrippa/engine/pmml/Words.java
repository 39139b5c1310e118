package io.agrippa.engine.pmml;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** PMML's words for the constants of an enumeration: {@code AS_IS} is {@code asIs}. */
final class Words<E extends Enum<E>> {
  private final Map<String, E> constants;
  private final Map<E, String> words;

  private Words(Map<String, E> constants, Map<E, String> words) {
    this.constants = constants;
    this.words = words;
  }

  static <E extends Enum<E>> Words<E> of(Class<E> type) {
    Map<String, E> constants = new HashMap<>();
    Map<E, String> words = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      String word = camelCase(constant.name());
      constants.put(word, constant);
      words.put(constant, word);
    }
    return new Words<>(constants, words);
  }

  /** These words, and one more way to write a constant that is read but never written. */
  Words<E> alsoRead(String word, E constant) {
    Map<String, E> more = new HashMap<>(constants);
    more.put(word, constant);
    return new Words<>(more, words);
  }

  /** These words, one of them replaced. */
  Words<E> but(E constant, String word) {
    Map<String, E> otherConstants = new HashMap<>(constants);
    otherConstants.remove(words.get(constant));
    otherConstants.put(word, constant);
    Map<E, String> otherWords = new EnumMap<>(words);
    otherWords.put(constant, word);
    return new Words<>(otherConstants, otherWords);
  }

  /** The constant that is written so, or null. */
  E constant(String word) {
    return constants.get(word);
  }

  /** How PMML writes the constant. */
  String word(E constant) {
    return words.get(constant);
  }

  /** All words, for messages. */
  String list() {
    return words.values().stream().collect(Collectors.joining(", "));
  }

  private static String camelCase(String name) {
    String joined =
        Stream.of(name.split("_"))
            .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return Character.toLowerCase(joined.charAt(0)) + joined.substring(1);
  }
}
