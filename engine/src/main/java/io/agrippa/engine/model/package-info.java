/**
 * The intermediate representation of a PMML document: immutable records and sealed families, named
 * as PMML names them.
 *
 * <p>Nothing is resolved here: names are texts, and values that depend on a field's type are kept
 * as the document writes them. Defaults of the schema are filled in by the reader, so an absent
 * attribute is {@code null} (or {@code NaN}, or −1 where said) only where absence means something.
 * {@code line} is the line of the element in the document, 0 where it came from elsewhere.
 */
package io.agrippa.engine.model;
