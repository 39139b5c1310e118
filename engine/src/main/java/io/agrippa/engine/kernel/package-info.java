/**
 * Hot loops over primitive arrays. They know no names, no fields and no PMML, only the JDK. Arrays
 * are the caller's; each method says their shape and which range it reads and writes.
 */
package io.agrippa.engine.kernel;
