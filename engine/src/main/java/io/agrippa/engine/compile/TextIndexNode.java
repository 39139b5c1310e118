package io.agrippa.engine.compile;

import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.Expression.CountHits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A TextIndex: how often a term occurs in a text. The document is normalised; document and term are
 * cut into tokens; runs of tokens that are those of the term, up to a distance, count, overlapping
 * ones too. The largest count that {@code augmentedNormalizedTermFrequency} divides by is that of
 * the document's most frequent token, or the term's own where that is larger.
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
    TokenDistance distance =
        new TokenDistance(index.caseSensitive(), index.maxLevenshteinDistance());
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
          result.set(weight(index, distance, tokens.of(document), tokens.of(texts[1])));
        });
  }

  private static double weight(
      Expression.TextIndex index,
      TokenDistance distance,
      List<String> document,
      List<String> term) {
    int count = count(index, distance, document, term);
    return switch (index.localTermWeights()) {
      case TERM_FREQUENCY -> count;
      case BINARY -> count > 0 ? 1 : 0;
      case LOGARITHMIC -> StrictMath.log10(1 + (double) count);
      case AUGMENTED_NORMALIZED_TERM_FREQUENCY ->
          count == 0
              ? 0
              : 0.5 * (1 + (double) count / Math.max(count, mostFrequent(distance, document)));
    };
  }

  private static int count(
      Expression.TextIndex index,
      TokenDistance distance,
      List<String> document,
      List<String> term) {
    if (term.isEmpty()) {
      return 0;
    }
    int best = Integer.MAX_VALUE;
    int hits = 0;
    int bestHits = 0;
    for (int at = 0; at + term.size() <= document.size(); at++) {
      int away = distance.between(document.subList(at, at + term.size()), term);
      if (away <= distance.most()) {
        hits++;
        if (away < best) {
          best = away;
          bestHits = 0;
        }
        bestHits += away == best ? 1 : 0;
      }
    }
    return index.countHits() == CountHits.ALL_HITS ? hits : bestHits;
  }

  /** How often the token stands in the document that is there most often. */
  private static int mostFrequent(TokenDistance distance, List<String> document) {
    Map<String, Integer> counts = new HashMap<>();
    int most = 0;
    for (String token : document) {
      most = Math.max(most, counts.merge(distance.alike(token), 1, Integer::sum));
    }
    return most;
  }
}
