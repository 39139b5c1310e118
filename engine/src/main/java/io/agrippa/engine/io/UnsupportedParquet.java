package io.agrippa.engine.io;

import java.io.IOException;

/**
 * Something in a Parquet file that is sound but not supported. Caught where file and column are
 * known, and told with them.
 */
final class UnsupportedParquet extends IOException {
  private static final long serialVersionUID = 1L;

  UnsupportedParquet(String what) {
    super(what);
  }
}
