package io.agrippa.datasets;

import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.LongColumn;
import io.agrippa.engine.data.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * Collisions as in the HIGGS data of Baldi, Sadowski and Whiteson (Searching for exotic particles
 * in high-energy physics with deep learning, 2014) in names, kinds and rough shapes of the columns:
 * momenta and masses right-skewed with mean 1, directions symmetric, b-tags of three values. Other
 * than there the columns are independent of each other. The label follows from some of them and
 * from chance.
 */
final class HiggsRecipe implements Recipe {
  /** How a column is distributed. */
  private enum Shape {
    LABEL,
    MOMENTUM,
    PSEUDORAPIDITY,
    ANGLE,
    TAG,
    MASS
  }

  private record Feature(String name, Shape shape) {}

  private static final List<Feature> FEATURES = features();
  private static final int LEPTON_MOMENTUM = index("lepton_pt");
  private static final int FIRST_TAG = index("jet1_btag");
  private static final int MASS_JJ = index("m_jj");
  private static final int MASS_BB = index("m_bb");
  private static final int MASS_WBB = index("m_wbb");

  private final long seed;

  HiggsRecipe(long seed) {
    this.seed = seed;
  }

  private static List<Feature> features() {
    List<Feature> list = new ArrayList<>();
    list.add(new Feature("label", Shape.LABEL));
    list.add(new Feature("lepton_pt", Shape.MOMENTUM));
    list.add(new Feature("lepton_eta", Shape.PSEUDORAPIDITY));
    list.add(new Feature("lepton_phi", Shape.ANGLE));
    list.add(new Feature("missing_energy", Shape.MOMENTUM));
    list.add(new Feature("missing_energy_phi", Shape.ANGLE));
    for (int jet = 1; jet <= 4; jet++) {
      list.add(new Feature("jet" + jet + "_pt", Shape.MOMENTUM));
      list.add(new Feature("jet" + jet + "_eta", Shape.PSEUDORAPIDITY));
      list.add(new Feature("jet" + jet + "_phi", Shape.ANGLE));
      list.add(new Feature("jet" + jet + "_btag", Shape.TAG));
    }
    for (String mass : List.of("jj", "jjj", "lv", "jlv", "bb", "wbb", "wwbb")) {
      list.add(new Feature("m_" + mass, Shape.MASS));
    }
    return List.copyOf(list);
  }

  private static int index(String name) {
    for (int i = 0; i < FEATURES.size(); i++) {
      if (FEATURES.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalStateException(name);
  }

  @Override
  public List<Field> fields() {
    return FEATURES.stream()
        .map(
            f ->
                new Field(
                    f.name(), f.shape() == Shape.LABEL ? Type.Scalar.INT : Type.Scalar.DOUBLE))
        .toList();
  }

  @Override
  public boolean optional(int field) {
    return FEATURES.get(field).shape() != Shape.LABEL;
  }

  @Override
  public Column column(int field, long first, int rows) {
    return FEATURES.get(field).shape() == Shape.LABEL
        ? new LongColumn(labels(first, rows), null)
        : new DoubleColumn(values(field, first, rows), null);
  }

  private double[] values(int field, long first, int rows) {
    Draws draws = new Draws(seed, field, 0);
    double[] values = new double[rows];
    switch (FEATURES.get(field).shape()) {
      case MOMENTUM -> {
        for (int i = 0; i < rows; i++) {
          values[i] = draws.skewed(first + i, 3);
        }
      }
      case MASS -> {
        for (int i = 0; i < rows; i++) {
          values[i] = draws.skewed(first + i, 9);
        }
      }
      case PSEUDORAPIDITY -> {
        for (int i = 0; i < rows; i++) {
          values[i] = draws.normal(first + i);
        }
      }
      case ANGLE -> {
        for (int i = 0; i < rows; i++) {
          values[i] = 3.4866 * draws.uniform(first + i) - 1.7433;
        }
      }
      case TAG -> {
        for (int i = 0; i < rows; i++) {
          double u = draws.uniform(first + i);
          values[i] = u < 0.5 ? 0 : u < 0.75 ? 1.0865 : 2.1731;
        }
      }
      case LABEL -> throw new IllegalStateException("labels are whole numbers");
    }
    return values;
  }

  /**
   * A probit model with an interaction: the tag of the first jet decides what the mass of the jets
   * says.
   */
  private long[] labels(long first, int rows) {
    double[] momentum = values(LEPTON_MOMENTUM, first, rows);
    double[] tag = values(FIRST_TAG, first, rows);
    double[] jets = values(MASS_JJ, first, rows);
    double[] bottoms = values(MASS_BB, first, rows);
    double[] boson = values(MASS_WBB, first, rows);
    Draws noise = new Draws(seed, 0, 0);
    long[] labels = new long[rows];
    for (int i = 0; i < rows; i++) {
      double score =
          0.1
              + 2.5 * (1 - bottoms[i])
              + 2 * (1 - boson[i])
              + 2 * (tag[i] > 1 ? jets[i] - 1 : 1 - jets[i])
              + 0.5 * (momentum[i] - 1);
      labels[i] = score + noise.normal(first + i) > 0 ? 1 : 0;
    }
    return labels;
  }
}
