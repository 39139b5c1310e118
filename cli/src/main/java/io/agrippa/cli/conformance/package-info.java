/**
 * Conformance: models that other tools trained and exported, scored and held against what those
 * tools predicted. The cases are data in folders; nothing here knows one by name.
 */
package io.agrippa.cli.conformance;
