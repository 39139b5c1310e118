package io.agrippa.engine.compile;

import io.agrippa.engine.model.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a TextIndex cuts texts into tokens: at separators, or by a pattern of words. Punctuation at
 * the edges of tokens goes, and so do empty tokens. Where a text is not to be cut, its tokens are
 * its characters, so that a term is found anywhere in it. Immutable.
 */
final class TextTokens {
  private static final Pattern LEADING =
      Pattern.compile("\\p{Punct}+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern TRAILING =
      Pattern.compile("(?<!\\p{Punct})\\p{Punct}+\\z", Pattern.UNICODE_CHARACTER_CLASS);

  private final Pattern separator;
  private final Pattern word;
  private final boolean tokenize;

  private TextTokens(Pattern separator, Pattern word, boolean tokenize) {
    this.separator = separator;
    this.word = word;
    this.tokenize = tokenize;
  }

  static TextTokens of(Expression.TextIndex index, Site site) {
    return of(index.wordSeparatorCharacterRE(), index.wordRE(), index.tokenize(), site);
  }

  /**
   * How to cut texts.
   *
   * @param separatorRE what stands between tokens
   * @param wordRE what tokens are, or null
   */
  static TextTokens of(String separatorRE, String wordRE, boolean tokenize, Site site) {
    return new TextTokens(
        pattern(separatorRE, 0, site),
        wordRE == null ? null : pattern(wordRE, Pattern.UNICODE_CHARACTER_CLASS, site),
        tokenize);
  }

  /** A regular expression of the document. */
  static Pattern pattern(String text, int flags, Site site) {
    try {
      return RegularExpressions.compile(text, flags);
    } catch (LiteralException e) {
      throw site.error(e.getMessage() + "; correct it");
    }
  }

  /** The tokens of a text. */
  List<String> of(String text) {
    return spans(text).stream().map(span -> text.substring(span.from(), span.to())).toList();
  }

  /** A part of a text. */
  record Span(int from, int to) {}

  /** Where the tokens of a text stand. */
  List<Span> spans(String text) {
    List<Span> spans = new ArrayList<>();
    if (!tokenize) {
      for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
        spans.add(new Span(at, text.offsetByCodePoints(at, 1)));
      }
    } else if (word != null) {
      Matcher matcher = word.matcher(text);
      while (matcher.find()) {
        add(matcher.start(), matcher.end(), spans);
      }
    } else {
      int from = 0;
      Matcher matcher = separator.matcher(text);
      while (matcher.find()) {
        addTrimmed(text, from, matcher.start(), spans);
        from = matcher.end();
      }
      addTrimmed(text, from, text.length(), spans);
    }
    return spans;
  }

  private static void addTrimmed(String text, int from, int to, List<Span> spans) {
    Matcher leading = LEADING.matcher(text).region(from, to);
    int start = leading.lookingAt() ? leading.end() : from;
    Matcher trailing = TRAILING.matcher(text).region(start, to);
    add(start, trailing.find() ? trailing.start() : to, spans);
  }

  private static void add(int from, int to, List<Span> spans) {
    if (from < to) {
      spans.add(new Span(from, to));
    }
  }
}
