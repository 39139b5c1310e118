package io.agrippa.datasets;

/**
 * Where a dataset comes from.
 *
 * @param title the work it is, or is part of
 * @param url where it is described
 * @param packaging the package, with version, that the file was taken from
 * @param citation how its authors are to be cited
 */
public record Source(String title, String url, String packaging, String citation) {}
