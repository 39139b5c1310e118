/**
 * JMH benchmarks of the engine against its peers. The only module in which JPMML-Evaluator (AGPL)
 * may stand; it is never published or depended upon.
 */
package io.agrippa.benchmarks;
