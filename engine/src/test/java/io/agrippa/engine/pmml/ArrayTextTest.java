package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ArrayTextTest {
  @Test
  void elementsStandBetweenBlanks() {
    assertThat(ArrayText.plain("")).isEmpty();
    assertThat(ArrayText.plain(" \n\t\r")).isEmpty();
    assertThat(ArrayText.plain(" 1\n-2.5\t3E4 ")).containsExactly("1", "-2.5", "3E4");
    assertThat(ArrayText.quoted("a\u00a0b c")).containsExactly("a\u00a0b", "c");
  }

  @Test
  void quotesGroupInArraysOfStringsOnly() {
    assertThat(ArrayText.quoted("a \"b c\" d")).containsExactly("a", "b c", "d");
    assertThat(ArrayText.plain("a \"b c\"")).containsExactly("a", "\"b", "c\"");
  }

  @Test
  void twoQuotesAreTheEmptyString() {
    assertThat(ArrayText.quoted("\"\" \"\"")).containsExactly("", "");
  }

  @Test
  void aBackslashMakesAQuotePartOfAQuotedElementAndIsItselfElsewhere() {
    assertThat(ArrayText.quoted("\"a\\\"b\"")).containsExactly("a\"b");
    assertThat(ArrayText.quoted("\"a\\b\" c\\d")).containsExactly("a\\b", "c\\d");
    assertThat(ArrayText.quoted("\"a\\\\\"b\"")).containsExactly("a\\\"b");
  }

  @Test
  void aQuoteEndsAnElementThatIsNotQuoted() {
    assertThat(ArrayText.quoted("ab\"cd\"ef")).containsExactly("ab", "cd", "ef");
  }

  @Test
  void aQuoteThatIsNeverClosedIsAnError() {
    assertThatThrownBy(() -> ArrayText.quoted("a \"b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a quote is never closed");
  }

  @Test
  void whatIsWrittenReadsBack() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<String> elements = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        StringBuilder element = new StringBuilder();
        for (int k = random.nextInt(5); k > 0; k--) {
          element.append("ab \"\\\n'<\u00fc".charAt(random.nextInt(9)));
        }
        if (element.indexOf("\\") == element.length() - 1) {
          element.append('x'); // the one thing that has no form
        }
        elements.add(element.toString());
      }
      boolean writable = elements.stream().noneMatch(element -> element.endsWith("\\"));
      if (writable) {
        assertThat(ArrayText.quoted(ArrayText.write(elements)))
            .as("seed %d", seed)
            .isEqualTo(elements);
      }
    }
  }

  @Test
  void anElementThatHasNoFormIsAnError() {
    assertThat(ArrayText.write(List.of("a\\"))).isEqualTo("a\\");
    assertThatThrownBy(() -> ArrayText.write(List.of("a b\\")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends in a backslash");
  }
}
