/**
 * Datasets in files and streams: CSV (also gzip and zstd) and Parquet.
 *
 * <p>{@link io.agrippa.engine.io.Inputs} makes a {@link io.agrippa.engine.data.BlockSource} of a
 * location, {@link io.agrippa.engine.io.Outputs} a {@link io.agrippa.engine.data.BlockSink}. Both
 * speak of a location as people do on a command line: a file, a directory, a glob, or {@code -} for
 * standard input and output. Every other type here is an option of theirs, or hidden.
 *
 * <p>Errors are {@link java.io.IOException}s whose message says what is wrong, where (file, line,
 * row group), and what to do.
 */
package io.agrippa.engine.io;
