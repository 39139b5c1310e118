/**
 * Rows in columns: schemas, blocks of rows, and the seams through which they are read, transformed
 * and written.
 *
 * <p>A {@link io.agrippa.engine.data.Block} holds up to some thousand rows as primitive heap
 * arrays. Blocks and columns are immutable once handed on: whoever made the arrays must not touch
 * them again, and whoever receives them must not write to them. So blocks may be shared between
 * threads and columns between blocks without copying.
 */
package io.agrippa.engine.data;
