package io.agrippa.engine.data;

import java.util.List;
import java.util.Map;

/**
 * Makes aggregations of some names; found with {@link java.util.ServiceLoader}, so that worker
 * processes find them too.
 */
public interface AggregationProvider {
  /** The names of the aggregations that it makes. */
  List<String> names();

  /**
   * Binds an aggregation to the blocks that it is to read.
   *
   * @param name one of {@link #names()}
   * @param parameters what the aggregation documents
   * @param schema names and types of the blocks
   * @throws IllegalArgumentException if a parameter is unknown or unfit, or a column is absent; the
   *     message says which
   */
  Aggregation bind(String name, Map<String, String> parameters, Schema schema);
}
