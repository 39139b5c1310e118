package io.agrippa.engine.compile;

import io.agrippa.engine.model.Predicate;

/** A predicate that is tested row by row. */
final class TestPlan implements PredicatePlan {
  private final Features features;
  private final RowTest test;
  private final int[] used;

  TestPlan(Predicate predicate, Scope scope, Features features) {
    this.features = features;
    Tests tests = new Tests(scope, features);
    test = tests.compile(predicate);
    used = tests.used();
  }

  /** Whether it is true for all rows. */
  boolean isTrue() {
    return test instanceof RowTest.Constant constant && constant.value();
  }

  @Override
  public Evaluator evaluator() {
    return (frame, isTrue, isUnknown, errors) -> {
      FeatureReader in = features.reader(frame);
      in.load(frame, used);
      for (int w = 0; w < frame.words(); w++) {
        long yes = 0;
        long unknown = 0;
        long failed = 0;
        int from = w << 6;
        int to = Math.min(from + 64, frame.rows());
        for (int row = from; row < to; row++) {
          int truth = test.test(in, row);
          yes |= (truth == RowTest.TRUE ? 1L : 0L) << row;
          unknown |= (truth == RowTest.UNKNOWN ? 1L : 0L) << row;
          failed |= (truth == RowTest.ERROR ? 1L : 0L) << row;
        }
        isTrue[w] = yes;
        isUnknown[w] = unknown;
        errors[w] |= failed;
      }
    };
  }
}
