package io.agrippa.engine.data;

/**
 * Input values that can be taken for missing ones although PMML calls them invalid. By default none
 * is: an invalid value is treated as the document says, which often is an error.
 */
public enum TakenAsMissing {
  /** Not a number, in numeric columns and as a text in the place of a number. */
  NAN,
  /** A value of a categorical or ordinal field that is not among those that the document lists. */
  UNSEEN
}
