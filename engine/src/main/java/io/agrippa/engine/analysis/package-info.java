/**
 * Reductions of rows: profiles, evaluation of predictions, drift between two datasets. Found by
 * name through {@link io.agrippa.engine.data.AggregationProvider}, so that worker processes find
 * them too.
 *
 * <p>Everything that is not said to be approximate is the same to the last bit in whatever grouping
 * rows were added and states merged: counts are whole numbers, sums are exact ({@code ExactSum}),
 * and what is approximate for lack of memory is a histogram of whole numbers over fixed bins, which
 * depends on the rows alone too. Only the most frequent values of a field of many values depend on
 * the grouping, within the error that they state.
 *
 * <p>States write their own bytes, with a version in front; no Java serialization.
 */
package io.agrippa.engine.analysis;
