/**
 * Blocks as Arrow: the only package that sees Arrow, an optional library.
 *
 * <p>{@link io.agrippa.engine.arrow.BlockEncoder} writes blocks of one schema as an Arrow IPC
 * stream, {@link io.agrippa.engine.arrow.BlockDecoder} reads it. Arrow's memory lies outside of the
 * heap; none of it leaves this package, and whoever closes an encoder or decoder learns whether any
 * was left behind.
 */
package io.agrippa.engine.arrow;
