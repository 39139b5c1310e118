package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Aggregation;
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How far the values of some rows are from those of a reference, column by column.
 *
 * @param referenceRows rows of the reference
 * @param rows rows that are held against it
 * @param fields columns that both have, in the order of the reference
 * @param onlyInReference columns that the reference alone has
 * @param onlyNow columns that the rows held against it alone have
 */
public record Drift(
    long referenceRows,
    long rows,
    List<Field> fields,
    List<String> onlyInReference,
    List<String> onlyNow) {
  public Drift {
    fields = List.copyOf(fields);
    onlyInReference = List.copyOf(onlyInReference);
    onlyNow = List.copyOf(onlyNow);
  }

  /**
   * How far one column has moved.
   *
   * @param name of the column
   * @param type of the column in the reference
   * @param psi population stability index over the bins: Σ (now − before)·ln(now / before) of the
   *     shares of all rows, each at least 0.0001
   * @param ks greatest distance of the two distribution functions; NaN for texts and where one has
   *     no numbers
   * @param ksError by how much it may be too low, because near numbers share a bin
   * @param bins what the index is summed over
   */
  public record Field(
      String name, Type type, double psi, double ks, double ksError, List<Bin> bins) {
    public Field {
      bins = List.copyOf(bins);
    }

    /** What the index is usually taken to mean. */
    public Change change() {
      return psi < Change.MODERATE_FROM
          ? Change.NONE
          : psi < Change.SIGNIFICANT_FROM ? Change.MODERATE : Change.SIGNIFICANT;
    }
  }

  /**
   * Rows whose value is in a range or a category.
   *
   * @param label which values
   * @param before how many rows of the reference
   * @param now how many of the others
   */
  public record Bin(String label, long before, long now) {}

  /** What a population stability index is usually taken to mean: below 0.1, below 0.25, above. */
  public enum Change {
    /** No significant change. */
    NONE,
    /** Some change: worth a look. */
    MODERATE,
    /** A significant change. */
    SIGNIFICANT;

    private static final double MODERATE_FROM = 0.1;
    private static final double SIGNIFICANT_FROM = 0.25;
  }

  /**
   * Holds rows against a reference, both reduced by {@link AnalysisProvider#PROFILE}.
   *
   * @throws IllegalArgumentException if they are not, or if a column is numbers in one and text in
   *     the other
   */
  public static Drift between(Aggregation.State reference, Aggregation.State now) {
    ProfileAggregation.ProfileState before = profile(reference);
    ProfileAggregation.ProfileState after = profile(now);
    Map<String, FieldSummary> others = byName(after);
    Map<String, FieldSummary> own = byName(before);
    List<Field> fields = new ArrayList<>();
    own.forEach(
        (name, field) -> {
          if (others.containsKey(name)) {
            fields.add(FieldDrift.between(field, before.rows(), others.get(name), after.rows()));
          }
        });
    return new Drift(
        before.rows(), after.rows(), fields, missing(own, others), missing(others, own));
  }

  private static ProfileAggregation.ProfileState profile(Aggregation.State state) {
    if (state instanceof ProfileAggregation.ProfileState profile) {
      return profile;
    }
    throw new IllegalArgumentException(
        "drift is found between profiles; reduce the rows by the analysis "
            + AnalysisProvider.PROFILE);
  }

  /** By name; a second column of a name is told apart by its number. */
  private static Map<String, FieldSummary> byName(ProfileAggregation.ProfileState state) {
    Map<String, FieldSummary> fields = new LinkedHashMap<>();
    for (FieldSummary field : state.fields()) {
      String name = field.field().name();
      int number = 2;
      while (fields.containsKey(name)) {
        name = field.field().name() + " (" + number++ + ")";
      }
      fields.put(name, field);
    }
    return fields;
  }

  private static List<String> missing(Map<String, FieldSummary> of, Map<String, FieldSummary> in) {
    return of.keySet().stream().filter(name -> !in.containsKey(name)).collect(Collectors.toList());
  }
}
