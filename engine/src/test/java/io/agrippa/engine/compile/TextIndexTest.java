package io.agrippa.engine.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.agrippa.engine.model.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often a term occurs in a text. */
class TextIndexTest {
  private static final String TEXT = "The blue sky, a wide Sky! The sea; the ski-lift (sky).";

  private static String weigh(String text, String attributes, String normalizations, String term) {
    CompiledModel model =
        OneExpression.model(
            "<TextIndex textField=\"s\" %s>%s<Constant dataType=\"string\">%s</Constant></TextIndex>"
                .formatted(attributes == null ? "" : attributes, normalizations, term));
    return Scored.row(model, "s", text).get("out");
  }

  @ParameterizedTest(name = "{0} {1} = {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "sky | | 3",
        "SKY | | 3",
        "sky. | | 3",
        "SKY | isCaseSensitive='true' | 0",
        "Sky | isCaseSensitive='true' | 1",
        "blue sky | | 1",
        "sky blue | | 0",
        "the | | 3",
        "' ' | | 0",
        "sea | localTermWeights='binary' | 1",
        "sky | localTermWeights='binary' | 1",
        "lake | localTermWeights='binary' | 0",
        "sky | localTermWeights='logarithmic' | 0.6020599913279624",
        "lake | localTermWeights='logarithmic' | 0.0",
        // the most frequent tokens stand there three times
        "sky | localTermWeights='augmentedNormalizedTermFrequency' | 1.0",
        "sea | localTermWeights='augmentedNormalizedTermFrequency' | 0.6666666666666666",
        "blue sky | localTermWeights='augmentedNormalizedTermFrequency' | 0.6666666666666666",
        "lake | localTermWeights='augmentedNormalizedTermFrequency' | 0.0",
        "ski | maxLevenshteinDistance='1' | 3",
        "ski | maxLevenshteinDistance='1' countHits='bestHits' | 3",
        "sk | maxLevenshteinDistance='1' | 3",
        "sk | maxLevenshteinDistance='2' | 5",
        "sk | maxLevenshteinDistance='2' countHits='bestHits' | 3",
        "blu ski | maxLevenshteinDistance='1' | 0",
        "blu ski | maxLevenshteinDistance='2' | 1",
        "ski | wordSeparatorCharacterRE='[\\s\\-]+' | 1",
        "ski | wordRE='[a-z]{3}' | 1",
        "ski | x-wordRE='\\w+' | 1",
        "sk | tokenize='false' | 4",
        "sky, | tokenize='false' | 1",
        "sky | tokenize='false' maxLevenshteinDistance='1' | 4",
      })
  void countsTerms(String term, String attributes, String expected) {
    String actual = weigh(TEXT, attributes, "", term.equals("' '") ? " " : term);
    if (expected.contains(".")) {
      assertThat(Double.parseDouble(actual)).isCloseTo(Double.parseDouble(expected), within(1e-15));
    }
    assertThat(actual.contains(".")).isEqualTo(expected.contains("."));
    assertThat(Double.parseDouble(actual)).isCloseTo(Double.parseDouble(expected), within(1e-15));
  }

  @Test
  void overlappingRunsCount() {
    assertThat(weigh("no no no", "", "", "no no")).isEqualTo("2");
  }

  @Test
  void missingTextsAndTermsGiveMissing() {
    assertThat(weigh(null, "", "", "sky")).isNull();
    CompiledModel model =
        OneExpression.model("<TextIndex textField=\"s\"><FieldRef field=\"t\"/></TextIndex>");
    assertThat(Scored.row(model, "s", "sky", "t", null)).containsEntry("out", null);
    assertThat(Scored.row(model, "s", "sky", "t", "sky")).containsEntry("out", "1");
    assertThat(Scored.row(model, "s", "", "t", "sky")).containsEntry("out", "0");
  }

  private static String table(String attributes, String... rows) {
    StringBuilder xml =
        new StringBuilder("<TextIndexNormalization " + attributes + "><InlineTable>");
    for (String row : rows) {
      String[] cells = row.split(" -> ", -1);
      boolean regex = cells[0].startsWith("/");
      xml.append("<row><string>").append(regex ? cells[0].substring(1) : cells[0]);
      xml.append("</string><stem>").append(cells.length > 1 ? cells[1] : "");
      xml.append("</stem><regex>").append(regex).append("</regex></row>");
    }
    return xml.append("</InlineTable></TextIndexNormalization>").toString();
  }

  /** The example of the specification. */
  @Test
  void tablesAreAppliedOneAfterTheOther() {
    String words =
        table(
            "",
            "/interfaces? -> interface",
            "/is|are|seem(ed|s?)|were -> be",
            "/user friendl(y|iness) -> user_friendly");
    String opinions = table("", "/interface be (user_friendly|well designed|excellent) -> ui_good");
    String text = "Testing the app for a few days convinced me the interfaces are excellent!";
    assertThat(weigh(text, "", words + opinions, "ui_good")).isEqualTo("1");
    assertThat(weigh(text, "", words, "ui_good")).isEqualTo("0");
    assertThat(weigh(text, "", opinions + words, "ui_good")).isEqualTo("0");
  }

  @Test
  void recursionGoesOnUntilNothingChanges() {
    String rows = "aa -> a";
    assertThat(weigh("baaaaaaab", "", table("recursive='true'", rows), "bab")).isEqualTo("1");
    assertThat(weigh("baaaaaaab", "", table("", rows), "bab")).isEqualTo("0");
    assertThat(weigh("a", "", table("recursive='true'", "/^a -> aa"), "a"))
        .startsWith("error: ")
        .contains("never comes to an end");
  }

  @Test
  void rowsAreLiteralUnlessTheySayOtherwise() {
    assertThat(weigh("a.c abc", "", table("", "a.c -> hit"), "hit")).isEqualTo("1");
    assertThat(weigh("a.c abc", "", table("", "/a.c -> hit"), "hit")).isEqualTo("2");
    assertThat(weigh("cost 5", "", table("", "5 -> $1"), "$1")).isEqualTo("1");
    assertThat(weigh("x1y", "", table("", "/x(\\d)y -> n$1"), "n1")).isEqualTo("1");
  }

  @Test
  void aTableHasTheIndexsCaseOrItsOwn() {
    assertThat(weigh("Abc", "", table("", "abc -> hit"), "hit")).isEqualTo("1");
    assertThat(weigh("Abc", "", table("isCaseSensitive='true'", "abc -> hit"), "hit"))
        .isEqualTo("0");
    assertThat(weigh("Abc", "isCaseSensitive='true'", table("", "abc -> hit"), "hit"))
        .isEqualTo("0");
  }

  @Test
  void aTableMayAllowADistance() {
    String near = table("maxLevenshteinDistance='1'", "blue sky -> weather");
    assertThat(weigh("The bleu sky, blue ski.", "", near, "weather")).isEqualTo("1");
    assertThat(weigh("(blu sky) and blue-sky", "", near, "weather")).isEqualTo("1");
    assertThat(weigh("blue sky blue sky", "", near, "weather weather")).isEqualTo("1");
    String inherited = table("", "blue -> red");
    assertThat(weigh("blur", "maxLevenshteinDistance='1'", inherited, "red")).isEqualTo("1");
    String exact = table("maxLevenshteinDistance='0'", "blue -> red");
    assertThat(weigh("blur", "maxLevenshteinDistance='1'", exact, "red")).isEqualTo("0");
  }

  @Test
  void mistakesAreFoundWhenCompiling() {
    assertThatThrownBy(() -> weigh("a", "wordSeparatorCharacterRE='('", "", "a"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("is not a regular expression");
    assertThatThrownBy(() -> weigh("a", "", table("inField='re'", "a -> b"), "a"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no column \"re\"");
  }
}
