package io.agrippa.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which known faults of PMML4S a document is told of. */
final class KnownFaultsTest {
  private static List<String> of(String elements) {
    return KnownFaults.of(
        ("<PMML version=\"4.4\">" + elements + "</PMML>").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPlainDocumentIsToldWhatConcernsAll() {
    assertThat(of("<TreeModel functionName=\"regression\"/>"))
        .containsExactly("takes NaN for a missing value, and gives NaN for one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<MiningModel x-mathContext=\"float\"/> | ignores x-mathContext",
        "<Segmentation multipleModelMethod=\"x-multiModelChain\"/> | does not know x-multiModelChain",
        "<Segmentation multipleModelMethod=\"modelChain\"/> | results of a modelChain",
        "<Segmentation multipleModelMethod=\"max\"/> | probability of the winner",
        "<Segmentation multipleModelMethod=\"weightedMajorityVote\"/> | do not add up to 1",
        "<Segmentation missingPredictionTreatment=\"skipSegment\"/> | skipSegment",
        "<Constant>1</Constant><SimplePredicate field=\"x\" value=\"-INF\"/> | INF",
        "<ScoreDistribution value=\"a\" probability=\"1\"/> | recordCount",
        "<Lag field=\"x\"/> | Lag",
        "<Apply function=\"replace\"/> | replace",
        "<Discretize field=\"x\" mapMissingTo=\"1\"/> | mapMissingTo",
        "<TextIndex textField=\"x\"/> | TextIndex",
        "<DataField name=\"x\" optype=\"categorical\" dataType=\"boolean\"/> | boolean",
        "<DerivedField name=\"x\" optype=\"ordinal\" dataType=\"string\"/> | ordinal",
        "<DerivedField name=\"x\" optype=\"continuous\" dataType=\"date\"/> | dates and times"
      })
  void whatADocumentUsesItIsToldOf(String elements, String fault) {
    assertThat(of(elements)).hasSize(2).anyMatch(text -> text.contains(fault));
  }

  @Test
  void whatOnlyLooksLikeAUseIsPassedOver() {
    assertThat(
            of(
                "<Annotation>TextIndex function=\"replace\" value=\"INF\"</Annotation>"
                    + "<ScoreDistribution value=\"&lt;Lag&gt;\" recordCount=\"1\"/>"))
        .hasSize(1);
  }
}
