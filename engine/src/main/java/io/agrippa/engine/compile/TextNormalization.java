package io.agrippa.engine.compile;

import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.InlineTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TextIndexNormalization: replaces what its rows say, in order; again and again until nothing
 * changes, where it is recursive. A row that is not a regular expression replaces parts of the text
 * literally; where a distance is allowed, runs of tokens within that distance. Immutable.
 */
final class TextNormalization {
  /** Beyond so many rounds a recursive table is taken to have no end. */
  private static final int MOST_ROUNDS = 1000;

  private final List<UnaryOperator<String>> rows = new ArrayList<>();
  private final boolean recursive;

  private TextNormalization(boolean recursive) {
    this.recursive = recursive;
  }

  static TextNormalization of(
      Expression.Normalization normalization, Expression.TextIndex index, Site site) {
    boolean caseSensitive =
        normalization.caseSensitive() == null
            ? index.caseSensitive()
            : normalization.caseSensitive();
    int most =
        normalization.maxLevenshteinDistance() == null
            ? index.maxLevenshteinDistance()
            : normalization.maxLevenshteinDistance();
    TokenDistance distance = new TokenDistance(caseSensitive, most);
    TextTokens tokens =
        TextTokens.of(
            normalization.wordSeparatorCharacterRE() == null
                ? index.wordSeparatorCharacterRE()
                : normalization.wordSeparatorCharacterRE(),
            index.wordRE(),
            normalization.tokenize() == null ? index.tokenize() : normalization.tokenize(),
            site);
    TextNormalization result = new TextNormalization(normalization.recursive());
    InlineTable table = normalization.table();
    if (table == null) {
      throw site.error("TextIndexNormalization has no InlineTable; other tables are not supported");
    }
    int in = column(table, normalization.inField(), site);
    int out = column(table, normalization.outField(), site);
    int regex = table.columns().indexOf(normalization.regexField());
    for (String[] row : table.rows()) {
      if (row[in] == null || row[out] == null) {
        throw site.error("a row of the TextIndexNormalization lacks its in- or out-field; add it");
      }
      boolean isRegex =
          regex >= 0
              && row[regex] != null
              && (row[regex].equalsIgnoreCase("true") || row[regex].equals("1"));
      result.rows.add(
          !isRegex && distance.most() > 0
              ? near(row[in], row[out], tokens, distance)
              : replacing(row[in], row[out], isRegex, caseSensitive, site));
    }
    return result;
  }

  private static UnaryOperator<String> replacing(
      String in, String out, boolean isRegex, boolean caseSensitive, Site site) {
    int flags = caseSensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    Pattern pattern =
        isRegex
            ? TextTokens.pattern(in, flags, site)
            : Pattern.compile(in, flags | Pattern.LITERAL);
    String replacement = isRegex ? out : Matcher.quoteReplacement(out);
    return text -> pattern.matcher(text).replaceAll(replacement);
  }

  private static UnaryOperator<String> near(
      String in, String out, TextTokens tokens, TokenDistance distance) {
    List<String> term = tokens.of(in);
    return text -> {
      List<TextTokens.Span> spans = tokens.spans(text);
      List<String> words = tokens.of(text);
      StringBuilder replaced = new StringBuilder();
      int end = 0;
      int at = 0;
      while (!term.isEmpty() && at + term.size() <= words.size()) {
        int next = at + term.size();
        if (distance.between(words.subList(at, next), term) <= distance.most()) {
          replaced.append(text, end, spans.get(at).from()).append(out);
          end = spans.get(next - 1).to();
          at = next;
        } else {
          at++;
        }
      }
      return replaced.append(text, end, text.length()).toString();
    };
  }

  private static int column(InlineTable table, String name, Site site) {
    int position = table.columns().indexOf(name);
    if (position < 0) {
      throw site.error(
          "the TextIndexNormalization's table has no column \"%s\"; it has %s"
              .formatted(name, table.columns()));
    }
    return position;
  }

  /** The text with everything replaced. */
  String apply(String text) {
    String current = once(text);
    if (recursive) {
      String before = text;
      int rounds = 0;
      while (!current.equals(before)) {
        if (++rounds > MOST_ROUNDS) {
          throw new LiteralException("the recursive TextIndexNormalization never comes to an end");
        }
        before = current;
        current = once(before);
      }
    }
    return current;
  }

  private String once(String text) {
    String current = text;
    for (UnaryOperator<String> row : rows) {
      current = row.apply(current);
    }
    return current;
  }
}
