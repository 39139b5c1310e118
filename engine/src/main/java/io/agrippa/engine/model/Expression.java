package io.agrippa.engine.model;

import java.util.List;

/** PMML's expressions. */
public sealed interface Expression {
  /** Line of the element. */
  int line();

  /**
   * A Constant.
   *
   * @param value as written; empty means missing except for strings
   * @param dataType null where absent
   * @param missing whether {@code missing="true"} is written
   */
  record Constant(String value, DataType dataType, boolean missing, int line)
      implements Expression {}

  /** A FieldRef; {@code mapMissingTo} as written, or null. */
  record FieldRef(String field, String mapMissingTo, int line) implements Expression {}

  /** A NormContinuous; {@code mapMissingTo} NaN where absent. */
  record NormContinuous(
      String field,
      double mapMissingTo,
      MiningField.OutlierTreatment outliers,
      List<LinearNorm> norms,
      int line)
      implements Expression {
    public NormContinuous {
      norms = List.copyOf(norms);
    }
  }

  /** A point of a piecewise linear map. */
  record LinearNorm(double orig, double norm) {}

  /** A NormDiscrete; {@code mapMissingTo} NaN where absent. */
  record NormDiscrete(String field, String value, double mapMissingTo, int line)
      implements Expression {}

  /**
   * A Discretize; {@code dataType}, {@code mapMissingTo} and {@code defaultValue} null where
   * absent.
   */
  record Discretize(
      String field,
      DataType dataType,
      String mapMissingTo,
      String defaultValue,
      List<Bin> bins,
      int line)
      implements Expression {
    public Discretize {
      bins = List.copyOf(bins);
    }
  }

  /** A DiscretizeBin. */
  record Bin(String value, Interval interval) {}

  /**
   * A MapValues.
   *
   * @param inputs pairs of field and column
   * @param outputColumn column of the result
   */
  record MapValues(
      List<FieldColumn> inputs,
      String outputColumn,
      DataType dataType,
      String mapMissingTo,
      String defaultValue,
      InlineTable table,
      int line)
      implements Expression {
    public MapValues {
      inputs = List.copyOf(inputs);
    }
  }

  /** A FieldColumnPair. */
  record FieldColumn(String field, String column, int line) {}

  /** A TextIndex: {@code expression} gives the term. */
  record TextIndex(
      String textField,
      LocalTermWeights localTermWeights,
      boolean caseSensitive,
      int maxLevenshteinDistance,
      CountHits countHits,
      String wordSeparatorCharacterRE,
      String wordRE,
      boolean tokenize,
      List<Normalization> normalizations,
      Expression expression,
      int line)
      implements Expression {
    public TextIndex {
      normalizations = List.copyOf(normalizations);
    }
  }

  /** How a count of hits becomes a weight. */
  enum LocalTermWeights {
    /** The count. */
    TERM_FREQUENCY,
    /** 0 or 1. */
    BINARY,
    /** log10(1 + count). */
    LOGARITHMIC,
    /** 0.5 · (binary + count / largest count). */
    AUGMENTED_NORMALIZED_TERM_FREQUENCY
  }

  /** Which hits count. */
  enum CountHits {
    /** All within the distance. */
    ALL_HITS,
    /** Those of the least distance. */
    BEST_HITS
  }

  /**
   * A TextIndexNormalization; attributes that are null inherit the TextIndex's.
   *
   * @param regexField column that says whether a row's in-field is a regular expression
   */
  record Normalization(
      String inField,
      String outField,
      String regexField,
      boolean recursive,
      Boolean caseSensitive,
      Integer maxLevenshteinDistance,
      String wordSeparatorCharacterRE,
      Boolean tokenize,
      InlineTable table,
      int line) {}

  /** An Aggregate; {@code groupField} and {@code sqlWhere} null where absent. */
  record Aggregate(String field, Function function, String groupField, String sqlWhere, int line)
      implements Expression {
    /** What is computed over the rows. */
    public enum Function {
      /** Number of values. */
      COUNT,
      /** Sum. */
      SUM,
      /** Mean. */
      AVERAGE,
      /** Least. */
      MIN,
      /** Greatest. */
      MAX,
      /** All values. */
      MULTISET
    }
  }

  /** A Lag: the value {@code n} rows before; {@code aggregate} null where absent. */
  record Lag(String field, int n, String aggregate, List<String> blockIndicators, int line)
      implements Expression {
    public Lag {
      blockIndicators = List.copyOf(blockIndicators);
    }
  }

  /** An Apply; {@code mapMissingTo} and {@code defaultValue} null where absent. */
  record Apply(
      String function,
      String mapMissingTo,
      String defaultValue,
      MiningField.InvalidValueTreatment invalidValueTreatment,
      List<Expression> arguments,
      int line)
      implements Expression {
    public Apply {
      arguments = List.copyOf(arguments);
    }
  }
}
