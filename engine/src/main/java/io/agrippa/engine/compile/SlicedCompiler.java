package io.agrippa.engine.compile;

import io.agrippa.engine.kernel.SlicedTrees;
import java.util.ArrayList;
import java.util.List;

/** Compiles decisions to bit-sliced trees. Tests of any kind become algebra on masks. */
final class SlicedCompiler {
  private final SlicedTrees.Builder builder = new SlicedTrees.Builder();
  private final Conditions conditions;
  private final List<Integer> others = new ArrayList<>(); // masks of the conditions' others

  private SlicedCompiler(Conditions conditions) {
    this.conditions = conditions;
  }

  /**
   * The trees, in order; null if one of them has too many outcomes or a test that only the walker
   * can do.
   */
  static SlicedTrees compile(List<Decisions> trees, Conditions conditions) {
    SlicedCompiler compiler = new SlicedCompiler(conditions);
    try {
      for (Decisions tree : trees) {
        if (!compiler.add(tree)) {
          return null;
        }
      }
    } catch (Conditions.Inexpressible e) {
      return null;
    }
    return compiler.builder.build();
  }

  private boolean add(Decisions tree) {
    int size = tree.size();
    int[] masks = new int[size];
    int[] yes = new int[size];
    int[] no = new int[size];
    for (int d = 0; d < size; d++) {
      int feature = tree.feature(d);
      masks[d] =
          feature >= 0
              ? builder.atMost(feature, tree.threshold(d), tree.missingHolds(d))
              : other(~feature);
      yes[d] = tree.yes(d);
      no[d] = tree.no(d);
    }
    return builder.tree(masks, yes, no, tree.root(), tree.outcomeCount(), tree.none());
  }

  private int other(int number) {
    while (others.size() <= number) {
      Conditions.Other other = conditions.others().get(others.size());
      Truths truths = truths(other.test());
      others.add(
          switch (other.truth()) {
            case TRUE -> truths.isTrue;
            case UNKNOWN -> truths.isUnknown;
            case TRUE_OR_UNKNOWN -> builder.or(truths.isTrue, truths.isUnknown);
          });
    }
    return others.get(number);
  }

  /** The masks of the rows for which a test is true, and unknown. */
  private record Truths(int isTrue, int isUnknown) {}

  private Truths truths(RowTest test) {
    if (test instanceof RowTest.Constant constant) {
      return new Truths(constant.value() ? builder.always() : builder.never(), builder.never());
    }
    if (test instanceof RowTest.Numeric numeric) {
      return new Truths(comparison(numeric), builder.missing(numeric.feature()));
    }
    if (test instanceof RowTest.NumericSet set) {
      int any = builder.never();
      for (double value : set.sorted()) {
        any = builder.or(any, equal(set.feature(), value));
      }
      return membership(set.feature(), any, set.inside());
    }
    if (test instanceof RowTest.TextClass texts) {
      return texts(texts);
    }
    if (test instanceof RowTest.Presence presence) {
      int missing = builder.missing(presence.feature());
      int isTrue = presence.present() ? builder.andNot(builder.always(), missing) : missing;
      return new Truths(isTrue, builder.never());
    }
    return compound(test);
  }

  private int comparison(RowTest.Numeric test) {
    int feature = test.feature();
    double t = test.threshold();
    return switch (test.comparison()) {
      case EQUAL -> equal(feature, t);
      case NOT_EQUAL -> membership(feature, equal(feature, t), false).isTrue;
      case LESS -> atMost(feature, Math.nextDown(t), false);
      case LESS_OR_EQUAL -> atMost(feature, t, false);
      case GREATER -> builder.andNot(builder.always(), atMost(feature, t, true));
      case GREATER_OR_EQUAL ->
          builder.andNot(builder.always(), atMost(feature, Math.nextDown(t), true));
    };
  }

  private int atMost(int feature, double threshold, boolean missingHolds) {
    if (!Double.isFinite(threshold)) {
      throw new Conditions.Inexpressible();
    }
    return builder.atMost(feature, threshold, missingHolds);
  }

  private int equal(int feature, double value) {
    return builder.andNot(
        atMost(feature, value, false), atMost(feature, Math.nextDown(value), false));
  }

  private Truths membership(int feature, int inside, boolean wanted) {
    int missing = builder.missing(feature);
    int outside = builder.andNot(builder.andNot(builder.always(), inside), missing);
    return new Truths(wanted ? inside : outside, missing);
  }

  private Truths texts(RowTest.TextClass test) {
    boolean[] members = test.members();
    // Texts of no class of their own are among the others, which cannot be listed; so what is
    // listed are the classes that are not as the others are.
    boolean othersHold = members[Features.OTHER];
    List<Integer> listed = new ArrayList<>();
    for (int c = 1; c < members.length; c++) {
      if (members[c] != othersHold) {
        listed.add(c);
      }
    }
    return membership(test.feature(), builder.classIn(test.feature(), listed), !othersHold);
  }

  private Truths compound(RowTest test) {
    List<RowTest> parts = Conditions.parts(test);
    if (parts.isEmpty()) {
      throw new Conditions.Inexpressible(); // natural order of texts
    }
    Truths all = truths(parts.get(0));
    for (RowTest part : parts.subList(1, parts.size())) {
      Truths next = truths(part);
      if (test instanceof RowTest.And) {
        int isTrue = builder.and(all.isTrue, next.isTrue);
        int possible = builder.and(possible(all), possible(next));
        all = new Truths(isTrue, builder.andNot(possible, isTrue));
      } else if (test instanceof RowTest.Or) {
        int isTrue = builder.or(all.isTrue, next.isTrue);
        all = new Truths(isTrue, builder.andNot(builder.or(possible(all), possible(next)), isTrue));
      } else if (test instanceof RowTest.Xor) {
        int unknown = builder.or(all.isUnknown, next.isUnknown);
        int odd =
            builder.or(
                builder.andNot(all.isTrue, next.isTrue), builder.andNot(next.isTrue, all.isTrue));
        all = new Truths(builder.andNot(odd, unknown), unknown);
      } else { // surrogate
        all =
            new Truths(
                builder.or(all.isTrue, builder.and(all.isUnknown, next.isTrue)),
                builder.and(all.isUnknown, next.isUnknown));
      }
    }
    return all;
  }

  private int possible(Truths truths) {
    return builder.or(truths.isTrue, truths.isUnknown);
  }
}
