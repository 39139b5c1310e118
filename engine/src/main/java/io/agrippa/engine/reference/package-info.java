/**
 * A second opinion: PMML4S behind the same {@link io.agrippa.engine.data.BlockOperator} as
 * Agrippa's own evaluator. PMML4S and Scala are optional: only this package sees them, and without
 * them on the class path {@link io.agrippa.engine.reference.ReferenceModel#read} says what to add.
 *
 * <p>What PMML4S says is passed on as it says it. It has known faults, listed in the documentation,
 * so it settles nothing by itself.
 */
package io.agrippa.engine.reference;
