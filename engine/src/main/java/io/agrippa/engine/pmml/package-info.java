/**
 * Reads PMML 3.0 to 4.4.1 into the intermediate representation and writes it as PMML 4.4: the only
 * package that sees XML.
 *
 * <p>Documents are untrusted: no DTD, no entities but XML's own five, no external access, and
 * {@link io.agrippa.engine.pmml.ReadLimits} that hold below the XML parser.
 *
 * <p>What is read leniently: a document without namespace (its {@code version} attribute counts
 * then), {@code https} for {@code http}, any prefix, vendors' elements and attributes whose names
 * start with {@code x-} or {@code X-}, Extension elements, attributes of other namespaces. What is
 * not: an element or attribute that PMML does not define is an error, because nobody can say what
 * ignoring it would do to the scores.
 */
package io.agrippa.engine.pmml;
