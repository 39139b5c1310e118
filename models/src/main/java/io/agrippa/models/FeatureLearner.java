package io.agrippa.models;

import io.agrippa.engine.model.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds out from the training rows what the columns are and what stands in for missing values. */
final class FeatureLearner {
  /** A column with more categories than this is taken for a name or a number of each row. */
  private static final int MAX_LEVELS = 1_000;

  private final TrainingRequest request;
  private final Table table;

  FeatureLearner(TrainingRequest request, Table table) {
    this.request = request;
    this.table = table;
  }

  /**
   * The features of the columns, in the columns' order.
   *
   * @throws TrainingException if a column cannot be learnt from
   */
  List<Feature> features(List<String> columns) {
    for (String name : request.logarithms()) {
      if (!columns.contains(name)) {
        throw problem(name, "its logarithm is asked for but it is not among the inputs", "add it");
      }
    }
    List<Feature> features = new ArrayList<>();
    for (String name : columns) {
      TableColumn column = table.column(name);
      boolean logarithm = request.logarithms().contains(name);
      if (logarithm && !(column instanceof TableColumn.Numbers)) {
        throw problem(name, "its logarithm is asked for but it is not a number", "leave that out");
      }
      if (column instanceof TableColumn.Numbers numbers) {
        features.add(logarithm ? logarithm(numbers) : number(numbers));
      } else if (column instanceof TableColumn.Categories categories) {
        features.add(category(categories));
      } else if (column instanceof TableColumn.Moments moments) {
        features.addAll(moment(moments));
      }
    }
    return features;
  }

  private Feature number(TableColumn.Numbers column) {
    return new Feature.Numeric(
        column.name(), column.name(), Derivation.VALUE, median(column.name(), column.values()));
  }

  private Feature logarithm(TableColumn.Numbers column) {
    for (int row = 0; row < table.rows(); row++) {
      if (column.values()[row] <= 0) {
        throw problem(
            column.name(),
            "its logarithm is asked for but it holds " + column.values()[row],
            "leave that out");
      }
    }
    String name = column.name();
    return new Feature.Numeric(
        "ln(" + name + ")", name, Derivation.LOGARITHM, median(name, column.values()));
  }

  private List<Feature> moment(TableColumn.Moments column) {
    List<Derivation> derivations =
        switch (column.step()) {
          case DAYS -> List.of(Derivation.WEEKDAY, Derivation.MONTH);
          case SECONDS -> List.of(Derivation.HOUR, Derivation.WEEKDAY, Derivation.MONTH);
        };
    List<Feature> features = new ArrayList<>();
    for (Derivation derivation : derivations) {
      double[] values =
          Arrays.stream(column.seconds())
              .map(v -> Double.isNaN(v) ? v : derivation.of(v))
              .toArray();
      String name = PmmlDerivations.name(derivation, column.name());
      features.add(
          new Feature.Numeric(name, column.name(), derivation, median(column.name(), values)));
    }
    return features;
  }

  private Feature category(TableColumn.Categories column) {
    String name = column.name();
    int[] counts = counts(column.codes(), column.categories().size());
    if (counts.length > MAX_LEVELS) {
      throw problem(
          name,
          "it has %d categories, and at most %d can be learnt".formatted(counts.length, MAX_LEVELS),
          "leave it out of the inputs");
    }
    int best = -1;
    for (int i = 0; i < counts.length; i++) {
      if (best < 0
          || counts[i] > counts[best]
          || (counts[i] == counts[best]
              && column.categories().get(i).compareTo(column.categories().get(best)) < 0)) {
        best = i;
      }
    }
    if (best < 0) {
      throw empty(name);
    }
    return new Feature.Categorical(
        name, column.type(), levels(column), column.categories().get(best));
  }

  /** The categories in an order that does not depend on the rows. */
  static List<String> levels(TableColumn.Categories column) {
    Comparator<String> order =
        column.type().equals(DataType.INTEGER)
            ? Comparator.comparingLong(Long::parseLong)
            : Comparator.naturalOrder();
    return column.categories().stream().sorted(order).toList();
  }

  private static int[] counts(int[] codes, int categories) {
    int[] counts = new int[categories];
    IntStream.of(codes).filter(code -> code >= 0).forEach(code -> counts[code]++);
    return counts;
  }

  /** The middle value; the lower one of two, so that it is a value that occurs. */
  private double median(String name, double[] values) {
    double[] present = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    if (present.length == 0) {
      throw empty(name);
    }
    return present[(present.length - 1) / 2];
  }

  private TrainingException empty(String name) {
    return problem(name, "it has no value in the rows to learn from", "leave it out of the inputs");
  }

  private TrainingException problem(String column, String what, String remedy) {
    return new TrainingException(
        "%s: column \"%s\": %s; %s".formatted(request.data().name(), column, what, remedy));
  }
}
