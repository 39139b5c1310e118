package io.agrippa.engine.model;

/**
 * A MiningField: how a model takes a field.
 *
 * @param opType overrides the DataField's, or null
 * @param importance NaN where absent
 * @param lowValue lower bound of the outlier treatment, NaN where absent
 * @param highValue upper bound of the outlier treatment, NaN where absent
 * @param missingValueReplacement as written, or null
 * @param missingValueTreatment null where absent (a replacement is used all the same)
 * @param invalidValueReplacement as written, or null
 */
public record MiningField(
    String name,
    UsageType usageType,
    OpType opType,
    double importance,
    OutlierTreatment outliers,
    double lowValue,
    double highValue,
    String missingValueReplacement,
    MissingValueTreatment missingValueTreatment,
    InvalidValueTreatment invalidValueTreatment,
    String invalidValueReplacement,
    int line) {
  /** What a field is for. */
  public enum UsageType {
    /** Input. */
    ACTIVE,
    /** What the model predicts ({@code predicted} is an old name). */
    TARGET,
    /** Not used by the model but described. */
    SUPPLEMENTARY,
    /** Marks the rows that belong together. */
    GROUP,
    /** Orders the rows of a group. */
    ORDER,
    /** How often a training row counts. */
    FREQUENCY_WEIGHT,
    /** How much a training row counts. */
    ANALYSIS_WEIGHT
  }

  /** What to do with values outside the bounds. */
  public enum OutlierTreatment {
    /** Nothing. */
    AS_IS,
    /** Take them as missing. */
    AS_MISSING_VALUES,
    /** Take the bound instead. */
    AS_EXTREME_VALUES
  }

  /**
   * Where a replacement for missing values came from; only {@link #RETURN_INVALID} changes what is
   * done.
   */
  public enum MissingValueTreatment {
    /** Nothing. */
    AS_IS,
    /** The replacement is the mean. */
    AS_MEAN,
    /** The replacement is the mode. */
    AS_MODE,
    /** The replacement is the median. */
    AS_MEDIAN,
    /** The replacement is some value. */
    AS_VALUE,
    /** A missing value makes the row bad. */
    RETURN_INVALID
  }

  /** What to do with invalid values. */
  public enum InvalidValueTreatment {
    /** An invalid value makes the row bad. */
    RETURN_INVALID,
    /** Take it as it is. */
    AS_IS,
    /** Take it as missing. */
    AS_MISSING,
    /** Take the replacement. */
    AS_VALUE
  }
}
