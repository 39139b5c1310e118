package io.agrippa.engine.compile;

/**
 * A resolved field.
 *
 * @param name as the document names it, for messages
 * @param slot its register in the {@link Frame}
 */
record FieldHandle(String name, FieldType type, int slot) {}
