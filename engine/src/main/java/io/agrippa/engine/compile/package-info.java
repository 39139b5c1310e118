/**
 * From document to plan: names, types and mistakes are resolved once, at bind; then blocks of rows
 * run through the plan.
 *
 * <p>A plan computes <em>vectors</em>: one register a field, filled at most once a block, on demand
 * (see {@link io.agrippa.engine.compile.Frame}). Numbers, booleans, dates and times are doubles;
 * texts are codes of a dictionary. What has to be done for a text is done once for each entry of
 * its dictionary. Model elements turn vectors into a {@link io.agrippa.engine.compile.Prediction};
 * targets and outputs turn that into columns.
 */
package io.agrippa.engine.compile;
