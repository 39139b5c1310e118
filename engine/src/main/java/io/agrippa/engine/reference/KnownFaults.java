package io.agrippa.engine.reference;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PMML4S 0.9.15 is known to get wrong, and which documents that concerns. */
final class KnownFaults {
  /**
   * A fault.
   *
   * @param concerns whether it may show with a document that has these words
   */
  private record Fault(Predicate<Set<String>> concerns, String text) {}

  /** Functions that PMML4S counts from the time of day at which it is asked. */
  private static final List<String> OF_THE_CLOCK =
      List.of("dateDaysSinceYear", "dateSecondsSinceYear");

  private static final List<Fault> FAULTS =
      List.of(
          new Fault(words -> true, "takes NaN for a missing value, and gives NaN for one"),
          new Fault(
              any("x-mathContext=float"),
              "ignores x-mathContext: computes with double where the document asks for float"),
          new Fault(
              any("multipleModelMethod=x-multiModelChain"), "does not know x-multiModelChain"),
          new Fault(
              any("multipleModelMethod=modelChain"),
              "gives results of a modelChain under other names, or fails at Output fields of its segments"),
          new Fault(
              any("multipleModelMethod=max"),
              "with multipleModelMethod max, gives another probability of the winner and none of the others"),
          new Fault(
              any("multipleModelMethod=weightedMajorityVote"),
              "gives probabilities that do not add up to 1 with weightedMajorityVote"),
          new Fault(
              any("missingPredictionTreatment=skipSegment"),
              "divides by the number of all segments where skipSegment left some out"),
          new Fault(any("INF"), "does not read INF as infinity"),
          new Fault(
              words ->
                  words.contains("ScoreDistribution")
                      && !words.contains("ScoreDistribution.recordCount"),
              "needs the recordCount of a ScoreDistribution"),
          new Fault(any("Lag", "Aggregate"), "does not know Lag and Aggregate"),
          new Fault(any("function=replace"), "takes the pattern of replace for plain text"),
          new Fault(
              any("function=formatDatetime"), "formats dates by the time zone of the machine"),
          new Fault(
              any("dataType=date", "dataType=dateTime", "dataType=time"),
              "casts texts to dates and times as missing, and reads no constants of these types"),
          new Fault(
              any("dataType=boolean"),
              "casts a boolean to the integer -9223372036854775808; takes false for invalid in a boolean field without Value elements"),
          new Fault(
              any("dataType=integer"), "gives -9223372036854775808 for an integer that is missing"),
          new Fault(any("Discretize.mapMissingTo"), "ignores mapMissingTo of Discretize"),
          new Fault(any("TextIndex"), "counts the terms of TextIndex wrong"),
          new Fault(any("optype=ordinal"), "computes the last category of ordinal models wrong"),
          new Fault(any("feature=residual"), "gives residuals with the other sign"),
          new Fault(any("feature=entityId"), "gives no entityId of rules"));

  private static final Pattern TAG = Pattern.compile("<([^/?!\\s>]+)([^>]*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("\\s([^\\s=]+)=\"([^\"]*)\"");

  /** Attributes whose values are words that faults go by. */
  private static final Set<String> WORDY =
      Set.of(
          "x-mathContext",
          "multipleModelMethod",
          "missingPredictionTreatment",
          "function",
          "dataType",
          "optype",
          "feature");

  private KnownFaults() {}

  private static Predicate<Set<String>> any(String... words) {
    return found -> List.of(words).stream().anyMatch(found::contains);
  }

  /** Those that may show with a document, in words that follow "PMML4S". */
  static List<String> of(byte[] document) {
    Set<String> words = words(new String(document, StandardCharsets.UTF_8));
    return FAULTS.stream().filter(f -> f.concerns().test(words)).map(Fault::text).toList();
  }

  /**
   * Elements as {@code Name}, their attributes as {@code Name.attribute}, and the values of some as
   * {@code attribute=value}; {@code INF} where any has it. In plain XML a tag ends at the first
   * {@code >}.
   */
  private static Set<String> words(String document) {
    Set<String> words = new HashSet<>();
    Matcher tag = TAG.matcher(document);
    while (tag.find()) {
      words.add(tag.group(1));
      Matcher attribute = ATTRIBUTE.matcher(tag.group(2));
      while (attribute.find()) {
        String name = attribute.group(1);
        String value = attribute.group(2);
        words.add(tag.group(1) + "." + name);
        if (WORDY.contains(name)) {
          words.add(name + "=" + value);
        }
        if (value.equals("INF") || value.equals("-INF")) {
          words.add("INF");
        }
      }
    }
    return words;
  }

  /**
   * Makes sure that the same rows give the same results twice.
   *
   * @throws ReferenceException if they would not
   */
  static void requireRepeatable(byte[] document) {
    String text = new String(document, StandardCharsets.UTF_8);
    for (String function : OF_THE_CLOCK) {
      if (text.contains("function=\"" + function + "\"")) {
        throw new ReferenceException(
            "PMML4S computes %s from the time of day at which it is asked, so its results would change from run to run; use another evaluator"
                .formatted(function),
            null);
      }
    }
  }
}
