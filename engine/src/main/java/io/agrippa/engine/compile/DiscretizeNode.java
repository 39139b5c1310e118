package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A Discretize. The margins of all bins cut the line into points and open stretches; each of these
 * has one choice, so that overlaps (the later bin wins) cost nothing. A number is found by binary
 * search.
 */
final class DiscretizeNode extends Node {
  private final Node argument;
  private final double[] margins;
  private final int[] choiceOfStretch; // stretch 2i lies below margin i, stretch 2i + 1 is margin i
  private final int missing;
  private final Choices choices;

  private DiscretizeNode(
      Node argument, double[] margins, int[] choiceOfStretch, int missing, Choices choices) {
    super(choices.type());
    this.argument = argument;
    this.margins = margins;
    this.choiceOfStretch = choiceOfStretch;
    this.missing = missing;
    this.choices = choices;
  }

  static Node of(Expression.Discretize discretize, Node argument, Site site) {
    FieldType type = discretize.dataType() == null ? Types.STRING : Types.of(discretize.dataType());
    Choices.Builder builder = new Choices.Builder(type, site);
    int missing = builder.add(discretize.mapMissingTo());
    int otherwise = builder.add(discretize.defaultValue());
    List<Expression.Bin> bins = discretize.bins();
    int[] choiceOfBin = bins.stream().mapToInt(bin -> builder.add(bin.value())).toArray();
    double[] margins =
        bins.stream()
            .map(Expression.Bin::interval)
            .flatMapToDouble(
                interval -> DoubleStream.of(interval.left() + 0.0, interval.right() + 0.0))
            .sorted()
            .distinct()
            .toArray();
    int[] choiceOfStretch = new int[2 * margins.length + 1];
    Arrays.fill(choiceOfStretch, otherwise);
    for (int bin = 0; bin < choiceOfBin.length; bin++) {
      Interval interval = bins.get(bin).interval();
      int first =
          2 * Arrays.binarySearch(margins, interval.left() + 0.0)
              + (interval.excludesLeft() ? 2 : 1);
      int last =
          2 * Arrays.binarySearch(margins, interval.right() + 0.0)
              + (interval.excludesRight() ? 0 : 1);
      for (int stretch = first; stretch <= last; stretch++) {
        choiceOfStretch[stretch] = choiceOfBin[bin];
      }
    }
    return new DiscretizeNode(argument, margins, choiceOfStretch, missing, builder.build());
  }

  @Override
  void evaluate(Frame frame, Vector out) {
    Vector in = frame.borrow();
    argument.evaluate(frame, in);
    int rows = frame.rows();
    int[] chosen = in.codeBuffer(); // of a number vector, so free to use
    for (int row = 0; row < rows; row++) {
      chosen[row] =
          Bits.get(in.missing, row)
              ? Bits.get(in.errors, row) ? Choices.NONE : missing
              : choiceOfStretch[stretch(in.numbers[row] + 0.0)];
    }
    out.addErrors(in.errors);
    choices.put(chosen, rows, out);
    frame.release(in);
  }

  private int stretch(double x) {
    if (Double.isNaN(x)) {
      return 2 * margins.length; // above all, as in comparisons
    }
    int found = Arrays.binarySearch(margins, x);
    return found >= 0 ? 2 * found + 1 : 2 * (-found - 1);
  }
}
