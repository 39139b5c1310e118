package io.agrippa.engine.pmml;

import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.Predicate;
import java.util.ArrayList;
import java.util.List;

/** Reads model elements, those of a segmentation included. */
final class ModelReader {
  private static final String BESIDE_EACH_OTHER =
      " stands in a MiningModel that has embedded models and a Segmentation, and PMML does not say how they"
          + " go together; put a RegressionModel or TreeModel into a Segment for each embedded model";

  private final Cursor cursor;
  private final ExpressionReader expressions;
  private final PredicateReader predicates;
  private final FieldReader fields;
  private final RegressionReader regressions;
  private final TreeReader trees;

  ModelReader(Cursor cursor, ExpressionReader expressions, FieldReader fields) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.fields = fields;
    predicates = new PredicateReader(cursor);
    regressions = new RegressionReader(cursor, expressions);
    trees = new TreeReader(cursor, predicates, this::embedded);
  }

  /** Whether an element of this name is a model that {@link #read} reads. */
  static boolean reads(String name) {
    return switch (name) {
      case "TreeModel", "RegressionModel", "MiningModel" -> true;
      default -> false;
    };
  }

  /** The model at whose start the cursor stands. */
  Model read() {
    return switch (cursor.name()) {
      case "TreeModel" -> trees.read(frame());
      case "RegressionModel" -> regressions.read(frame());
      case "MiningModel" -> miningModel();
      default -> throw cursor.unexpected();
    };
  }

  /**
   * The Regression or DecisionTree at whose start the cursor stands.
   *
   * @param around how the model around it computes
   */
  private Model embedded(ModelFrame.Arithmetic around) {
    cursor.enter();
    FrameReader frame = new FrameReader(cursor, expressions, fields, around);
    Model model = cursor.name().equals("Regression") ? regressions.read(frame) : trees.read(frame);
    cursor.leave();
    return model;
  }

  private FrameReader frame() {
    return new FrameReader(cursor, expressions, fields);
  }

  private MiningModel miningModel() {
    FrameReader frame = frame();
    MiningModel.Method method = null;
    var treatment = MiningModel.MissingPredictionTreatment.CONTINUE;
    double threshold = 1;
    List<MiningModel.Segment> segments = new ArrayList<>();
    boolean sequence = false;
    cursor.enter();
    while (cursor.nextChild()) {
      if (frame.read()) {
        continue;
      }
      switch (cursor.name()) {
        case "Segmentation" -> {
          if (sequence) {
            cursor.refuse(BESIDE_EACH_OTHER);
            continue;
          }
          if (method != null) {
            cursor.refuse();
            continue;
          }
          method = cursor.requiredWord("multipleModelMethod", Vocabulary.METHOD);
          treatment =
              cursor.word("x-missingPredictionTreatment", Vocabulary.MISSING_PREDICTION, treatment);
          treatment =
              cursor.word("missingPredictionTreatment", Vocabulary.MISSING_PREDICTION, treatment);
          threshold = cursor.number("missingThreshold", cursor.number("x-missingThreshold", 1));
          segments = segments();
        }
        case "Regression", "DecisionTree" -> {
          if (method != null && !sequence) {
            cursor.refuse(BESIDE_EACH_OTHER);
            continue;
          }
          sequence = true;
          method = MiningModel.Method.MODEL_CHAIN;
          Model model = link(frame.arithmetic());
          if (model != null) {
            segments.add(
                new MiningModel.Segment(
                    Integer.toString(segments.size() + 1),
                    new Predicate.True(),
                    1,
                    null,
                    model,
                    model.frame().line()));
          }
        }
        default -> cursor.refuse();
      }
    }
    cursor.leave();
    if (method == null || segments.isEmpty()) {
      throw frame.missing("Segmentation");
    }
    return new MiningModel(frame.frame(), method, treatment, threshold, segments);
  }

  /** A model of a sequence; null where a survey found something wrong with it. */
  private Model link(ModelFrame.Arithmetic around) {
    return cursor.isSurvey() ? cursor.part(() -> embedded(around), null) : embedded(around);
  }

  private List<MiningModel.Segment> segments() {
    int line = cursor.line();
    List<MiningModel.Segment> segments = new ArrayList<>();
    int count = 0;
    while (cursor.nextChild()) {
      switch (cursor.name()) {
        case "Segment" -> {
          int position = ++count;
          MiningModel.Segment segment =
              cursor.isSurvey() ? cursor.part(() -> segment(position), null) : segment(position);
          if (segment != null) {
            segments.add(segment);
          }
        }
        case "LocalTransformations" ->
            cursor.refuse(
                " in a Segmentation is not supported yet; give them to the model around it");
        default -> cursor.refuse();
      }
    }
    if (segments.isEmpty()) {
      throw cursor.error(line, "Segmentation has no Segment; add one");
    }
    return segments;
  }

  private MiningModel.Segment segment(int position) {
    int line = cursor.line();
    String id = cursor.optional("id", Integer.toString(position));
    double weight = cursor.number("weight", 1);
    String variableWeight = null;
    Predicate predicate = null;
    Model model = null;
    while (cursor.nextChild()) {
      if (cursor.name().equals("VariableWeight")) {
        variableWeight = cursor.required("field");
        cursor.end();
        continue;
      }
      Predicate foundPredicate = predicate == null ? predicates.readIfPredicate() : null;
      if (foundPredicate != null) {
        predicate = foundPredicate;
      } else if (model == null && reads(cursor.name())) {
        model = read();
      } else {
        cursor.refuse();
      }
    }
    if (predicate == null || model == null) {
      throw cursor.error(
          line, "Segment has no " + (predicate == null ? "predicate" : "model") + "; add one");
    }
    return new MiningModel.Segment(id, predicate, weight, variableWeight, model, line);
  }
}
