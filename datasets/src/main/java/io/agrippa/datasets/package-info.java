/**
 * Datasets by name: real data with source, licence and checksum, and seeded generators that stream
 * any number of rows.
 */
package io.agrippa.datasets;
