package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.AggregationProvider;
import io.agrippa.engine.data.Schema;
import java.util.List;
import java.util.Map;

/** Makes the aggregations of this package. Immutable. */
public final class AnalysisProvider implements AggregationProvider {
  /** Reduces rows to a {@link Profile}; parameter {@code top}: how many frequent values to tell. */
  public static final String PROFILE = ProfileAggregation.NAME;

  @Override
  public List<String> names() {
    return List.of(PROFILE);
  }

  @Override
  public Aggregation bind(String name, Map<String, String> parameters, Schema schema) {
    if (name.equals(PROFILE)) {
      return ProfileAggregation.bind(parameters, schema);
    }
    throw new IllegalArgumentException("analysis \"" + name + "\": use one of " + names());
  }
}
