package io.agrippa.datasets;

import io.agrippa.engine.data.Type;

/**
 * A column in the data dictionary.
 *
 * @param name its name in the file
 * @param type its type: that of the file where the format has types, else the one to read its text
 *     as
 * @param meaning what it says
 * @param unit what it is counted in; empty where it has no unit
 * @param missing number of rows without a value
 * @param domain the values that occur
 */
public record Variable(
    String name, Type type, String meaning, String unit, long missing, Domain domain) {}
