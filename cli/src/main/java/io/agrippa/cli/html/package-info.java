/**
 * Pages that open without a network: one HTML file with its style and its charts (SVG) inside,
 * readable on a phone and on paper, light and dark. Everything that is put in is escaped.
 */
package io.agrippa.cli.html;
