package io.agrippa.engine.compile;

import io.agrippa.engine.model.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a TextIndex cuts texts into tokens: at separators, or by a pattern of words. Punctuation at
 * the edges of tokens goes, and so do empty tokens. Immutable.
 */
final class TextTokens {
  private static final Pattern PUNCTUATION =
      Pattern.compile("^\\p{Punct}+|\\p{Punct}+$", Pattern.UNICODE_CHARACTER_CLASS);

  private final Pattern separator;
  private final Pattern word;
  private final boolean tokenize;

  private TextTokens(Pattern separator, Pattern word, boolean tokenize) {
    this.separator = separator;
    this.word = word;
    this.tokenize = tokenize;
  }

  static TextTokens of(Expression.TextIndex index, Site site) {
    return new TextTokens(
        pattern(index.wordSeparatorCharacterRE(), 0, site),
        index.wordRE() == null
            ? null
            : pattern(index.wordRE(), Pattern.UNICODE_CHARACTER_CLASS, site),
        index.tokenize());
  }

  /** A regular expression of the document. */
  static Pattern pattern(String text, int flags, Site site) {
    try {
      return Pattern.compile(text, flags);
    } catch (PatternSyntaxException e) {
      throw site.error(
          "\"" + text + "\" is not a regular expression: " + e.getDescription() + "; correct it");
    }
  }

  /** The tokens of a text; the text itself where it is not to be cut. */
  List<String> of(String text) {
    List<String> tokens = new ArrayList<>();
    if (word != null) {
      Matcher matcher = word.matcher(text);
      while (matcher.find()) {
        if (!matcher.group().isEmpty()) {
          tokens.add(matcher.group());
        }
      }
      return tokens;
    }
    String[] parts = tokenize ? separator.split(text) : new String[] {text};
    for (String part : parts) {
      String token = PUNCTUATION.matcher(part).replaceAll("");
      if (!token.isEmpty()) {
        tokens.add(token);
      }
    }
    return tokens;
  }
}
