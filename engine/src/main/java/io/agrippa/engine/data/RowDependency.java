package io.agrippa.engine.data;

import java.util.List;

/** Whether what a {@link BlockOperator} makes of a row depends on other rows. */
public sealed interface RowDependency {
  /** Each row stands for itself: rows may be cut and shared out in any way. */
  record None() implements RowDependency {}

  /** Which rows of its group a row may depend on. */
  enum Reach {
    /** Those before it. */
    EARLIER,
    /** All, so these must have been seen before any is computed. */
    ALL
  }

  /**
   * A row may depend on rows that have the same values in some fields, so all rows of such a group
   * that stand together must meet one {@link BlockOperator.Worker}, in order.
   *
   * @param fields columns of the input; with none, all rows are one group
   */
  record WithinGroup(List<String> fields, Reach reach) implements RowDependency {
    public WithinGroup {
      fields = List.copyOf(fields);
    }
  }

  /**
   * Whether rows may depend on rows behind them. Then a worker {@link BlockOperator.Worker#gather
   * gathers} all blocks of a partition before it is given the first of them to work on.
   */
  default boolean looksAhead() {
    return this instanceof WithinGroup group && group.reach() == Reach.ALL;
  }

  /** The rows that a row may depend on, for messages. */
  default String words() {
    if (!(this instanceof WithinGroup group)) {
      return "no other rows";
    }
    return switch (group.reach()) {
      case EARLIER -> "earlier rows";
      case ALL -> "all rows";
    };
  }

  /** The cut to make where this one is asked for: the natural one keeps together what must be. */
  default Partitioning suited(Partitioning asked) {
    if (!(this instanceof WithinGroup group) || !(asked instanceof Partitioning.Natural)) {
      return asked;
    }
    return group.fields().isEmpty()
        ? new Partitioning.Count(1)
        : new Partitioning.Key(group.fields().get(0));
  }

  /**
   * Says why a cut would tear apart what belongs together.
   *
   * @throws IllegalArgumentException if it would; the message says which cuts do not
   */
  default void requireWhole(Partitioning partitioning) {
    if (!(this instanceof WithinGroup group) || isWhole(group, partitioning)) {
      return;
    }
    boolean all = group.fields().isEmpty();
    throw new IllegalArgumentException(
        "partitioning %s: the model computes from %s%s, which this cut would tear apart; use %s"
            .formatted(
                partitioning,
                words(),
                all ? "" : " of the same " + String.join(", ", group.fields()),
                all ? "count:1" : "key:" + group.fields().get(0)));
  }

  private static boolean isWhole(WithinGroup group, Partitioning partitioning) {
    return (partitioning instanceof Partitioning.Count count && count.partitions() == 1)
        || (partitioning instanceof Partitioning.Key key && group.fields().contains(key.field()));
  }
}
