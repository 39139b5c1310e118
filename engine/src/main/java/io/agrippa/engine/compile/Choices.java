package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Dictionary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values that an expression picks from: a fixed list of literals of one type. A choice is an
 * index in it; {@link #NONE} is a missing value. Immutable.
 */
final class Choices {
  static final int NONE = -1;

  private final FieldType type;
  private final double[] numbers;
  private final int[] codes;
  private final Dictionary dictionary;

  private Choices(FieldType type, double[] numbers, int[] codes, Dictionary dictionary) {
    this.type = type;
    this.numbers = numbers;
    this.codes = codes;
    this.dictionary = dictionary;
  }

  /** Collects literals. */
  static final class Builder {
    private final FieldType type;
    private final Site site;
    private final List<String> literals = new ArrayList<>();

    Builder(FieldType type, Site site) {
      this.type = type;
      this.site = site;
    }

    /** The choice of a literal; of null, {@link #NONE}. */
    int add(String literal) {
      if (literal == null) {
        return NONE;
      }
      literals.add(literal);
      return literals.size() - 1;
    }

    Choices build() {
      double[] numbers = new double[literals.size()];
      int[] codes = new int[literals.size()];
      Map<String, Integer> texts = new LinkedHashMap<>();
      for (int i = 0; i < numbers.length; i++) {
        String literal = literals.get(i);
        if (type.isText()) {
          texts.putIfAbsent(literal, texts.size());
          codes[i] = texts.get(literal);
        } else {
          try {
            numbers[i] = Literals.number(literal, type.dataType());
          } catch (LiteralException e) {
            throw site.error(e.getMessage() + "; correct the value or the dataType");
          }
        }
      }
      return new Choices(
          type, numbers, codes, Dictionary.of(texts.keySet().toArray(new String[0])));
    }
  }

  FieldType type() {
    return type;
  }

  /**
   * Sets the values of a vector to the choices of its rows. Rows of {@link #NONE} become missing.
   */
  void put(int[] choices, int rows, Vector out) {
    boolean text = type.isText();
    int[] toCodes = text ? out.codeBuffer() : null;
    double[] toNumbers = text ? null : out.numberBuffer();
    for (int row = 0; row < rows; row++) {
      int choice = choices[row];
      if (choice < 0) {
        Bits.set(out.missingBuffer(), row);
      } else if (!text) {
        toNumbers[row] = numbers[choice];
      }
      if (text) {
        toCodes[row] = choice < 0 ? -1 : codes[choice];
      }
    }
    if (text) {
      out.dictionary = dictionary;
    }
  }
}
