package io.agrippa.engine;

import io.agrippa.engine.compile.Tolerance;
import io.agrippa.engine.compile.VerificationReport;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Cell;
import io.agrippa.engine.data.RowProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares the results that two evaluators give for the same rows, block by block. */
final class OpinionTally {
  private final List<String> names;
  private final Tolerance tolerance;
  private final int mostDifferences;
  private final Tally[] tallies;
  private final List<SecondOpinion.Difference> differences = new ArrayList<>();
  private long rows;

  private static final class Tally {
    private long different;
    private boolean numbers;
    private double absolute;
    private double relative;
    private double ulps;

    private void measure(double ours, double theirs) {
      numbers = true;
      if (Double.compare(ours, theirs) == 0 || ours == theirs) {
        return;
      }
      double difference = orInfinite(Math.abs(ours - theirs));
      absolute = Math.max(absolute, difference);
      relative = Math.max(relative, orInfinite(difference / Math.abs(ours)));
      ulps = Math.max(ulps, orInfinite(difference / Math.ulp(ours)));
    }

    private static double orInfinite(double value) {
      return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    }
  }

  /**
   * A comparison that has seen nothing yet.
   *
   * @param names results that both give
   * @param tolerance of numbers
   * @param mostDifferences how many differences to keep
   */
  OpinionTally(List<String> names, Tolerance tolerance, int mostDifferences) {
    this.names = List.copyOf(names);
    this.tolerance = tolerance;
    this.mostDifferences = mostDifferences;
    tallies = new Tally[names.size()];
    for (int i = 0; i < tallies.length; i++) {
      tallies[i] = new Tally();
    }
  }

  void compare(Block ours, Block theirs) {
    Map<Integer, String> ourProblems = problems(ours);
    Map<Integer, String> theirProblems = problems(theirs);
    for (int row = 0; row < ours.rows(); row++) {
      rows++;
      for (int i = 0; i < tallies.length; i++) {
        Object our = ourProblems.containsKey(row) ? null : value(ours, names.get(i), row);
        Object their = theirProblems.containsKey(row) ? null : value(theirs, names.get(i), row);
        if (!agree(our, their, tallies[i])) {
          tallies[i].different++;
          if (differences.size() < mostDifferences) {
            differences.add(
                new SecondOpinion.Difference(
                    rows,
                    names.get(i),
                    text(our, ourProblems.get(row)),
                    text(their, theirProblems.get(row))));
          }
        }
      }
    }
  }

  private static Map<Integer, String> problems(Block block) {
    Map<Integer, String> problems = new HashMap<>();
    for (RowProblem problem : block.problems()) {
      problems.putIfAbsent(problem.row(), problem.text());
    }
    return problems;
  }

  private static Object value(Block block, String name, int row) {
    int column = block.schema().indexOf(name);
    return Cell.value(block.schema().field(column).type(), block.column(column), row);
  }

  private static String text(Object value, String problem) {
    return value != null
        ? value.toString()
        : problem == null ? "no value" : "an error (" + problem + ")";
  }

  private boolean agree(Object ours, Object theirs, Tally tally) {
    if (ours == null || theirs == null) {
      return ours == theirs;
    }
    Double our = number(ours);
    Double their = number(theirs);
    if (our == null || their == null) {
      return ours.toString().equals(theirs.toString());
    }
    tally.measure(our, their);
    return tolerance.accepts(our, their);
  }

  /** The number that it is or, as the text of a category, stands for; else null. */
  private static Double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    if (value instanceof String text) {
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return null;
  }

  long rows() {
    return rows;
  }

  List<SecondOpinion.Difference> differences() {
    return List.copyOf(differences);
  }

  List<SecondOpinion.Column> columns() {
    List<SecondOpinion.Column> columns = new ArrayList<>();
    for (int i = 0; i < tallies.length; i++) {
      Tally tally = tallies[i];
      columns.add(
          new SecondOpinion.Column(
              names.get(i),
              tally.different,
              tally.numbers
                  ? Optional.of(
                      new VerificationReport.Distance(tally.absolute, tally.relative, tally.ulps))
                  : Optional.empty()));
    }
    return columns;
  }
}
