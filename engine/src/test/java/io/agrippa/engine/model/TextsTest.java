package io.agrippa.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts come back as they were, and numbers as Java parses them. */
final class TextsTest {
  private static final List<String> AWKWARD =
      Arrays.asList(
          null,
          "",
          " ",
          "0",
          "-0",
          "0.0",
          "-0.0",
          "00",
          "01",
          "0.",
          ".5",
          "-.5",
          "-",
          "+1",
          "1.",
          "1.0",
          "1.00",
          "-1.50",
          "0.001",
          "2147483647",
          "2147483648",
          "-2147483648",
          "-2147483649",
          "21474836.47",
          "9007199254740992",
          "9007199254740993",
          "-9007199254740993",
          "999999999999999999",
          "9999999999999999999",
          "0.10000000000000001",
          "0.300000000000000044",
          "123456789012345678.9",
          "1E5",
          "1e5",
          "1.0E-5",
          "1e-05",
          "1e+05",
          "1E+",
          "1E",
          "1E12345",
          "1.E5",
          "-2.50e-007",
          "0E0",
          "-0E5",
          "0e-9999",
          "9e9999",
          "1.5E3x",
          "1E0005",
          "1E00005",
          "NaN",
          "Infinity",
          "INF",
          "1f",
          "1d",
          "0x1p3",
          "a",
          "a1",
          "class1",
          "1,5",
          "1 ",
          "\u0661",
          "4.9E-324",
          "1.7976931348623157E308",
          "0.1234567890123456789",
          "1.2.3",
          "--1",
          "1-",
          "12-3");

  @Test
  void awkwardTextsComeBack() {
    check(AWKWARD, "awkward");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 63, 64, 65, 4095, 4096, 4097})
  void anyNumberOfTextsComesBack(int count) {
    Random random = new Random(count);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(random(random));
    }
    check(texts, "seed " + count);
    check(new ArrayList<>(Collections.nCopies(count, (String) null)), "absent");
  }

  @Test
  void randomNumbersComeBack() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        texts.add(random(random));
      }
      check(texts, "seed " + seed);
    }
  }

  private static String random(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> null;
      case 1 -> AWKWARD.get(random.nextInt(AWKWARD.size()));
      case 2 -> Integer.toString(random.nextInt());
      case 3 -> Long.toString(random.nextLong() >> random.nextInt(60));
      case 4 -> Double.toString(random.nextGaussian());
      case 5 -> Float.toString((float) random.nextGaussian());
      case 6 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
      case 7 -> String.format("%." + random.nextInt(20) + "f", random.nextGaussian() * 100);
      case 8 -> String.format("%." + random.nextInt(20) + "e", random.nextGaussian());
      default -> {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
          text.append("0123456789.-+eE0".charAt(random.nextInt(16)));
        }
        yield text.toString();
      }
    };
  }

  private static void check(List<String> expected, String what) {
    Texts texts = new Texts();
    expected.forEach(texts::add);
    for (boolean trimmed : new boolean[] {false, true}) {
      if (trimmed) {
        texts.trim();
      }
      for (int i = 0; i < expected.size(); i++) {
        String text = expected.get(i);
        assertThat(texts.text(i)).as("%s, text %d", what, i).isEqualTo(text);
        assertThat(Double.doubleToRawLongBits(texts.number(i)))
            .as("%s, number %d: %s", what, i, text)
            .isEqualTo(Double.doubleToRawLongBits(number(text)));
        assertThat(Float.floatToIntBits(texts.single(i)))
            .as("%s, single %d: %s", what, i, text)
            .isEqualTo(
                Float.floatToIntBits(
                    Double.isNaN(number(text)) ? Float.NaN : Float.parseFloat(text)));
      }
    }
  }

  private static double number(String text) {
    try {
      return text == null ? Double.NaN : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
