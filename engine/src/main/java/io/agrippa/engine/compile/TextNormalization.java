package io.agrippa.engine.compile;

import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.InlineTable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TextIndexNormalization: replaces what its rows say, in order; again and again until nothing
 * changes, where it is recursive. Rows that are not regular expressions replace parts of the text
 * literally. Immutable.
 */
final class TextNormalization {
  /** Beyond so many rounds a recursive table is taken to have no end. */
  private static final int MOST_ROUNDS = 1000;

  private final List<Pattern> patterns = new ArrayList<>();
  private final List<String> replacements = new ArrayList<>();
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
      int flags = caseSensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
      result.patterns.add(
          isRegex
              ? TextTokens.pattern(row[in], flags, site)
              : Pattern.compile(row[in], flags | Pattern.LITERAL));
      result.replacements.add(isRegex ? row[out] : Matcher.quoteReplacement(row[out]));
    }
    return result;
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
    for (int i = 0; i < patterns.size(); i++) {
      current = patterns.get(i).matcher(current).replaceAll(replacements.get(i));
    }
    return current;
  }
}
