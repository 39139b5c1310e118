package io.agrippa.datasets;

/**
 * The terms under which a dataset may be used and passed on.
 *
 * @param id the SPDX identifier
 * @param name the name in words
 * @param url where its text stands
 * @param notice what has to be passed on with the data: copyright, attribution, changes
 */
public record Licence(String id, String name, String url, String notice) {}
