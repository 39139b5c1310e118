/**
 * Scaling studies for the command line: written down as JSON and CSV, read back, and told as text
 * and as a page.
 */
package io.agrippa.cli.compare;
