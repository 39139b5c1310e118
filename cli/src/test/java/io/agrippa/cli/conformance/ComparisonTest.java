package io.agrippa.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.cli.conformance.Verdict.Difference;
import io.agrippa.cli.conformance.Verdict.Different;
import io.agrippa.cli.conformance.Verdict.Passed;
import io.agrippa.cli.conformance.Verdict.Refused;
import io.agrippa.engine.compile.Tolerance;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  @TempDir Path root;

  private Verdict verdict(String more, String expected, Map<String, List<Object>> actual)
      throws IOException, InterruptedException {
    new CaseFolder(root).add("a", "b", more, expected);
    List<ConformanceCase> cases = new CaseReader().read(root);
    return Conformance.run(cases, CaseFolder.answering(actual), 1).entries().get(0).verdict();
  }

  @ParameterizedTest
  @CsvSource({
    "1000, 1000.0009, true",
    "1000, 1000.0011, false",
    "-1000, -1000.0009, true",
    "-1000, -1000.0011, false",
    "0, 1e-9, true",
    "0, 2e-9, false",
    "1e-9, -1e-9, true",
    "1e-9, 2e-9, false",
    "NaN, NaN, true",
    "NaN, 0, false",
    "0, NaN, false",
    "Infinity, Infinity, true",
    "Infinity, -Infinity, false",
    "1e300, Infinity, false"
  })
  void numbersAreEqualWithinTheTolerance(double expected, double actual, boolean equal) {
    assertThat(new Tolerance(1e-6, 1e-9).accepts(expected, actual)).isEqualTo(equal);
  }

  @Test
  void expectedTextIsReadAsWhatTheActualValueIs() {
    Tolerance exact = new Tolerance(0, 0);
    assertThat(Comparison.equal("1.0", 1L, exact)).isTrue();
    assertThat(Comparison.equal("1", 1.0, exact)).isTrue();
    assertThat(Comparison.equal("one", 1.0, exact)).isFalse();
    assertThat(Comparison.equal("INF", Double.POSITIVE_INFINITY, exact)).isTrue();
    assertThat(Comparison.equal("-inf", Double.NEGATIVE_INFINITY, exact)).isTrue();
    assertThat(Comparison.equal("nan", Double.NaN, exact)).isTrue();
    assertThat(Comparison.equal("TRUE", true, exact)).isTrue();
    assertThat(Comparison.equal("0", false, exact)).isTrue();
    assertThat(Comparison.equal("maybe", false, exact)).isFalse();
    assertThat(Comparison.equal("2001-02-03", LocalDate.of(2001, 2, 3), exact)).isTrue();
    // texts exactly: what looks like a number is a text where a text came
    assertThat(Comparison.equal("1", "1", exact)).isTrue();
    assertThat(Comparison.equal("1", "1.0", exact)).isFalse();
    assertThat(Comparison.equal("a", "a ", exact)).isFalse();
  }

  @Test
  void aMissingCellEqualsAMissingValueAlone() {
    Tolerance wide = new Tolerance(1, 1e9);
    assertThat(Comparison.equal(null, null, wide)).isTrue();
    assertThat(Comparison.equal(null, 0.0, wide)).isFalse();
    assertThat(Comparison.equal("0", null, wide)).isFalse();
    assertThat(Comparison.equal("", "", wide)).isTrue();
  }

  @Test
  void missingCellsOfTheOnlyColumnAreRowsToo() throws Exception {
    assertThat(verdict("", "y\r\n1\r\n\r\n3\r\n", CaseFolder.column("y", 1.0, null, 3.0)))
        .isEqualTo(new Passed(3));
  }

  @Test
  void anotherTokenThanTheEmptyTextMayMeanMissing() throws Exception {
    assertThat(
            verdict(
                "\"missingExpected\": \"N/A\"",
                "y\r\nN/A\r\n\"\"\r\n",
                CaseFolder.column("y", null, "")))
        .isEqualTo(new Passed(2));
  }

  @Test
  void theFirstDifferenceAndTheNumberOfWrongCellsAreSaid() throws Exception {
    Map<String, List<Object>> actual = new LinkedHashMap<>();
    actual.putAll(CaseFolder.column("y", "a", "b", "x", "y"));
    actual.putAll(CaseFolder.column("p", 0.5, 0.25, null, 0.1));
    assertThat(
            verdict(
                "\"columns\": [\"y\", \"p\"]",
                "y,p\r\na,0.5\r\nb,0.3\r\nc,0.1\r\ny,0.1\r\n",
                actual))
        .isEqualTo(new Different(3, 8, 2, 4, new Difference(2, "p", "0.3", "0.25")));
    assertThat(new Difference(2, "p", null, "0.25"))
        .hasToString("row 2, p: expected missing, got \"0.25\"");
  }

  @Test
  void excludedAndFurtherColumnsAreNotCompared() throws Exception {
    assertThat(
            verdict(
                "\"columns\": [\"y\", \"z\"], \"excludedColumns\": [\"z\"]",
                "y,z,other\r\n1,2,3\r\n",
                CaseFolder.column("y", 1.0)))
        .isEqualTo(new Passed(1));
  }

  @Test
  void whatCannotBeComparedIsNotPassed() throws Exception {
    assertThat(verdict("", "y\r\n1\r\n", CaseFolder.column("z", 1.0)))
        .isEqualTo(new Refused("no result is called \"y\"; there are z"));
    assertThat(verdict("", "y\r\n1\r\n2\r\n", CaseFolder.column("y", 1.0)))
        .isEqualTo(new Refused("1 rows came, but 2 are expected"));
    assertThat(verdict("\"columns\": []", "y\r\n1\r\n", CaseFolder.column("y", 1.0)))
        .isEqualTo(new Refused("the case compares no column"));
    assertThat(verdict("\"columns\": [\"q\"]", "y\r\n1\r\n", CaseFolder.column("q", 1.0)))
        .isEqualTo(new Refused("the expected table lacks the column q"));
    assertThat(verdict("", "y\r\n1,2\r\n", CaseFolder.column("y", 1.0)))
        .isInstanceOfSatisfying(
            Refused.class,
            r -> assertThat(r.reason()).endsWith("expected.csv:2: 2 cells, but the header has 1"));
  }
}
