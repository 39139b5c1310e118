/**
 * The <code>agrippa</code> command: turns arguments into calls of the library and results into
 * text, JSON and exit codes.
 */
package io.agrippa.cli;
