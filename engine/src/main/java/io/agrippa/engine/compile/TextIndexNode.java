package io.agrippa.engine.compile;

import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.Expression.CountHits;
import io.agrippa.engine.model.Expression.LocalTermWeights;
import java.util.List;
import java.util.Locale;

/**
 * A TextIndex: how often a term occurs in a text. The document is normalised; document and term are
 * cut into tokens; runs of tokens that are those of the term, up to a distance, count, overlapping
 * ones too.
 */
final class TextIndexNode {
  private TextIndexNode() {}

  /** Compiles a TextIndex of a text and a term. */
  static Node of(Expression.TextIndex index, Node text, Node term, Site site) {
    TextTokens tokens = TextTokens.of(index, site);
    List<TextNormalization> normalizations =
        index.normalizations().stream()
            .map(normalization -> TextNormalization.of(normalization, index, site))
            .toList();
    FieldType type =
        switch (index.localTermWeights()) {
          case TERM_FREQUENCY, BINARY -> Types.INTEGER;
          case LOGARITHMIC, AUGMENTED_NORMALIZED_TERM_FREQUENCY -> Types.DOUBLE;
        };
    if (index.localTermWeights() == LocalTermWeights.AUGMENTED_NORMALIZED_TERM_FREQUENCY) {
      throw site.error(
          "TextIndex has localTermWeights=\"augmentedNormalizedTermFrequency\", which is not"
              + " supported; use termFrequency");
    }
    return new TextNode(
        type,
        List.of(text, term),
        TextNode.Missing.SPREADS,
        site,
        (texts, numbers, result) -> {
          String document = texts[0];
          for (TextNormalization normalization : normalizations) {
            document = normalization.apply(document);
          }
          int count = count(index, tokens.of(document), tokens.of(texts[1]));
          result.set(
              switch (index.localTermWeights()) {
                case TERM_FREQUENCY -> count;
                case BINARY -> count > 0 ? 1 : 0;
                case LOGARITHMIC, AUGMENTED_NORMALIZED_TERM_FREQUENCY ->
                    StrictMath.log10(1 + (double) count);
              });
        });
  }

  private static int count(Expression.TextIndex index, List<String> document, List<String> term) {
    if (term.isEmpty()) {
      return 0;
    }
    int most = index.maxLevenshteinDistance();
    int best = Integer.MAX_VALUE;
    int hits = 0;
    int bestHits = 0;
    for (int at = 0; at + term.size() <= document.size(); at++) {
      int distance = distance(document.subList(at, at + term.size()), term, index, most);
      if (distance <= most) {
        hits++;
        if (distance < best) {
          best = distance;
          bestHits = 0;
        }
        bestHits += distance == best ? 1 : 0;
      }
    }
    return index.countHits() == CountHits.ALL_HITS ? hits : bestHits;
  }

  /** The sum of the distances of the tokens, or more than {@code most}. */
  private static int distance(
      List<String> tokens, List<String> term, Expression.TextIndex index, int most) {
    int sum = 0;
    for (int i = 0; i < term.size() && sum <= most; i++) {
      String a = tokens.get(i);
      String b = term.get(i);
      if (most == 0) {
        boolean same = index.caseSensitive() ? a.equals(b) : a.equalsIgnoreCase(b);
        sum += same ? 0 : 1;
      } else {
        sum +=
            index.caseSensitive()
                ? levenshtein(a, b)
                : levenshtein(a.toLowerCase(Locale.ROOT), b.toLowerCase(Locale.ROOT));
      }
    }
    return sum;
  }

  private static int levenshtein(String a, String b) {
    int[] above = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      int[] swap = above;
      above = row;
      row = swap;
    }
    return above[b.length()];
  }
}
