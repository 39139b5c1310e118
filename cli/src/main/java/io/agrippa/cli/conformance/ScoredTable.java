package io.agrippa.cli.conformance;

import java.util.List;
import java.util.Map;

/**
 * What the engine made of a case's rows.
 *
 * @param rows number of rows
 * @param columns values by name: numbers, booleans, dates and times as their Java objects, texts;
 *     null where missing
 */
public record ScoredTable(int rows, Map<String, List<Object>> columns) {}
