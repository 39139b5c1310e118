/**
 * What a document says of one row, read plainly: small classes, each a transcription of a clause of
 * the specification (or of docs/interpretation.md where that is silent) that works on the model's
 * elements and a map of values, and shares no code with the compiler. Tests hold compiled models to
 * it, bit for bit, over generated documents and rows.
 *
 * <p>Values are {@code Integer}, {@code Float}, {@code Double}, {@code Boolean} and {@code String},
 * null where missing. A row without a result is a {@link io.agrippa.engine.reading.BadRow}.
 */
package io.agrippa.engine.reading;
