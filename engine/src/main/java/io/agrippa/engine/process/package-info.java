/**
 * Worker processes: the runner {@code processes:N}.
 *
 * <p>The parent hands each worker, a Java virtual machine of its own, the job as a value; the
 * worker reads and compiles the model once. Then it is fed: with the addresses of partitions that
 * it opens itself, or with blocks, where only the parent has them. What it scored comes back as
 * Arrow and is delivered by the parent in input order, held to the row policy and the limit as that
 * of threads is.
 *
 * <p><b>The wire</b> is the worker's standard input and output: no port is opened, nothing needs a
 * password, and both ends learn at once, from the operating system, when the other is gone. What a
 * worker prints goes to its standard error, of which the parent keeps the end. See {@link
 * io.agrippa.engine.process.Wire}.
 *
 * <p><b>Supervision.</b> A worker that ends, or is silent for longer than it may, is replaced, and
 * what it had begun is done again from its start; the blocks that had already come are not sent
 * again. A partition in which {@link io.agrippa.engine.process.WorkerSettings#attempts} workers
 * ended is given up, with its place.
 */
package io.agrippa.engine.process;
