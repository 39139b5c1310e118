package io.agrippa.engine.reading;

import io.agrippa.engine.model.DataField;
import io.agrippa.engine.model.DataType;
import io.agrippa.engine.model.Decimals;
import io.agrippa.engine.model.MiningField;
import io.agrippa.engine.model.MiningModel;
import io.agrippa.engine.model.MiningModel.Method;
import io.agrippa.engine.model.MiningModel.MissingPredictionTreatment;
import io.agrippa.engine.model.MiningModel.Segment;
import io.agrippa.engine.model.Model;
import io.agrippa.engine.model.ModelFrame;
import io.agrippa.engine.model.OpType;
import io.agrippa.engine.model.Predicate;
import io.agrippa.engine.model.Target;
import io.agrippa.engine.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Multiple Models: segments, and what multipleModelMethod makes of them. */
final class MiningReading {
  private final MiningModel model;
  private final Scope row;
  private final Arithmetic math;
  private final boolean weighted;

  MiningReading(MiningModel model, Scope row) {
    this.model = model;
    this.row = row;
    math = Arithmetic.of(model.frame());
    weighted =
        switch (model.method()) {
          case WEIGHTED_SUM, WEIGHTED_AVERAGE, WEIGHTED_MEDIAN, WEIGHTED_MAJORITY_VOTE -> true;
          case SUM,
              AVERAGE,
              MEDIAN,
              MAJORITY_VOTE,
              MAX,
              SELECT_FIRST,
              SELECT_ALL,
              MODEL_CHAIN,
              MULTI_MODEL_CHAIN ->
              false;
        };
  }

  /**
   * What a segment that ran gave.
   *
   * @param results its Output fields, and those that segments within it hand on
   */
  private record Ran(Segment segment, Score score, Map<String, Variable> results, double factor) {}

  Score score() {
    return switch (model.method()) {
      case SELECT_FIRST -> first();
      case SELECT_ALL -> all();
      case MODEL_CHAIN, MULTI_MODEL_CHAIN -> chain();
      case MAJORITY_VOTE,
          WEIGHTED_MAJORITY_VOTE,
          AVERAGE,
          WEIGHTED_AVERAGE,
          MEDIAN,
          WEIGHTED_MEDIAN,
          MAX,
          SUM,
          WEIGHTED_SUM ->
          ensemble();
    };
  }

  /** What a segment gives, null where its predicate does not hold. */
  private Ran run(Segment segment) {
    if (new Predicates(row).of(segment.predicate()) != Truth.TRUE) {
      return null;
    }
    Scope inner = row.nested(segment.model());
    Score score = Models.score(segment.model(), inner);
    Map<String, Variable> results = new LinkedHashMap<>(Outputs.of(score, inner));
    score.results().forEach(results::putIfAbsent);
    if (segment.variableWeight() == null) {
      return new Ran(segment, score, results, 1);
    }
    // The field of a VariableWeight is a factor; without it, the prediction has no weight to count
    // with, so it is missing, and counts as that with its fixed weight.
    Object factor = row.field(segment.variableWeight()).value();
    return factor == null
        ? new Ran(segment, Score.NONE, results, 1)
        : new Ran(segment, score, results, Values.number(factor));
  }

  /** The methods that take the prediction of one segment. */
  static boolean selects(Method method) {
    return method == Method.SELECT_FIRST
        || method == Method.MODEL_CHAIN
        || method == Method.MULTI_MODEL_CHAIN;
  }

  /** selectFirst: the first segment that holds, or with skipSegment the first that predicts. */
  private Score first() {
    for (Segment segment : model.segments()) {
      Ran ran = run(segment);
      if (ran != null
          && !(ran.score.isMissing()
              && model.missingPredictionTreatment() == MissingPredictionTreatment.SKIP_SEGMENT)) {
        return taken(ran);
      }
    }
    return Score.NONE;
  }

  /** A segment's prediction as the model's. */
  private Score taken(Ran ran) {
    Score score = ran.score;
    Map<Object, Double> probabilities = null;
    Map<Object, Double> confidences = null;
    if (!score.isMissing() && classifies()) {
      probabilities = Categories.haveProbabilities(model) ? score.shares() : null;
      boolean apart =
          Categories.haveConfidences(model) && !Categories.haveConfidences(ran.segment.model());
      confidences = apart ? score.shares() : score.confidences();
    }
    return new Score(score.value(), probabilities, confidences, ran.segment.id(), ran.results);
  }

  private boolean classifies() {
    return model.frame().function() == ModelFrame.Function.CLASSIFICATION;
  }

  /**
   * selectAll: the list of all predictions, as a text. A segment without one stands in it as null
   * (continue), is left out (skipSegment), or leaves no list (returnMissing).
   */
  private Score all() {
    List<String> texts = new ArrayList<>();
    for (Segment segment : model.segments()) {
      Ran ran = run(segment);
      if (ran != null
          && ran.score.isMissing()
          && model.missingPredictionTreatment() == MissingPredictionTreatment.RETURN_MISSING) {
        texts.clear();
        break;
      }
      boolean skipped =
          ran != null
              && ran.score.isMissing()
              && model.missingPredictionTreatment() == MissingPredictionTreatment.SKIP_SEGMENT;
      if (ran != null && !skipped) {
        Object value = Models.typed(ran.score.value(), row.nested(segment.model()));
        texts.add(
            value instanceof Double number
                ? Decimals.text(number)
                : value instanceof Float number ? Decimals.text(number) : String.valueOf(value));
      }
    }
    Variable list =
        new Variable(
            DataType.STRING,
            OpType.CATEGORICAL,
            List.of(),
            texts.isEmpty() ? null : texts.toString());
    String target = Category.of(row.nested(model.segments().get(0).model())).name();
    return Score.NONE.with(Map.of(target == null ? "prediction" : target, list));
  }

  /** modelChain: each segment sees the results of those before it; the last that ran decides. */
  private Score chain() {
    Map<String, Variable> union = new LinkedHashMap<>();
    Ran last = null;
    boolean stopped = false;
    for (Segment segment : model.segments()) {
      Ran ran = stopped ? null : run(segment);
      if (ran == null) {
        names(segment.model()).forEach(name -> row.give(name, Variable.MISSING));
      } else {
        last = ran;
        ran.results.forEach(row::give);
        stopped =
            ran.score.isMissing()
                && model.missingPredictionTreatment() == MissingPredictionTreatment.RETURN_MISSING;
        if (model.method() == Method.MULTI_MODEL_CHAIN && !candidates(model).contains(segment)) {
          Scope inner = row.nested(segment.model());
          String target = Category.of(inner).name();
          if (target != null) {
            union.put(
                target,
                new Variable(null, null, List.of(), Models.typed(ran.score.value(), inner)));
          }
          union.putAll(ran.results);
        }
      }
    }
    if (stopped && model.method() == Method.MULTI_MODEL_CHAIN) {
      return Score.NONE; // nor what other segments gave
    }
    if (last == null || !candidates(model).contains(last.segment)) {
      return Score.NONE.with(union);
    }
    union.putAll(last.results);
    return stopped || !giving(model).contains(last.segment)
        ? Score.NONE.with(union)
        : taken(last).with(union);
  }

  /** The names of what a model hands on. */
  private static Set<String> names(Model inner) {
    Set<String> names = new LinkedHashSet<>();
    inner.frame().output().forEach(field -> names.add(field.name()));
    if (inner instanceof MiningModel mining && mining.method() == Method.SELECT_FIRST) {
      mining.segments().forEach(segment -> names.addAll(names(segment.model())));
    } else if (inner instanceof MiningModel mining && selects(mining.method())) {
      candidates(mining).forEach(segment -> names.addAll(names(segment.model())));
    }
    return names;
  }

  /** The segments that may be the last to run: the last one that always runs, and those behind. */
  private static List<Segment> candidates(MiningModel model) {
    int first = model.segments().size() - 1;
    while (first > 0 && !(model.segments().get(first).predicate() instanceof Predicate.True)) {
      first--;
    }
    return model.segments().subList(first, model.segments().size());
  }

  /**
   * The segments that may give the model's prediction. Of a chain with a target those of its last
   * segments that have this target, where there are such.
   */
  static List<Segment> giving(MiningModel model) {
    if (!selects(model.method()) || model.method() == Method.SELECT_FIRST) {
      return model.segments();
    }
    Set<String> targets = targets(model.frame());
    List<Segment> candidates = candidates(model);
    List<Segment> giving =
        candidates.stream()
            .filter(s -> targets(s.model().frame()).stream().anyMatch(targets::contains))
            .toList();
    return giving.isEmpty() ? candidates : giving;
  }

  private static Set<String> targets(ModelFrame frame) {
    Set<String> targets = new LinkedHashSet<>();
    for (MiningField field : frame.miningSchema()) {
      if (field.usageType() == MiningField.UsageType.TARGET) {
        targets.add(field.name());
      }
    }
    return targets;
  }

  /** The methods that combine the predictions of all segments that run. */
  private Score ensemble() {
    List<Ran> given = new ArrayList<>();
    double ranWeight = 0;
    double lackingWeight = 0;
    double lackingVotes = 0;
    for (Segment segment : model.segments()) {
      Ran ran = run(segment);
      if (ran == null) {
        continue;
      }
      if (!ran.score.isMissing()) {
        ranWeight += segment.weight() * ran.factor;
        given.add(ran);
        continue;
      }
      ranWeight += segment.weight();
      if (model.missingPredictionTreatment() == MissingPredictionTreatment.RETURN_MISSING) {
        return Score.NONE;
      }
      lackingWeight += segment.weight();
      lackingVotes = math.add(lackingVotes, weight(segment));
    }
    if (given.isEmpty()) {
      return Score.NONE;
    }
    boolean votes =
        model.method() == Method.MAJORITY_VOTE || model.method() == Method.WEIGHTED_MAJORITY_VOTE;
    boolean skips = model.missingPredictionTreatment() == MissingPredictionTreatment.SKIP_SEGMENT;
    boolean anyLacks = lackingWeight > 0 || lackingVotes > 0 || lacks(given);
    if (anyLacks && !skips && !votes) {
      return Score.NONE; // the treatment is continue: nothing comes of a missing number
    }
    if (lackingWeight / ranWeight > model.missingThreshold()) {
      return Score.NONE;
    }
    if (votes) {
      return vote(given, skips ? 0 : lackingVotes);
    }
    return classifies() ? categories(given) : Score.number(number(given));
  }

  /** Whether some segment that ran gave nothing; its weight may be 0. */
  private boolean lacks(List<Ran> given) {
    int ran = 0;
    for (Segment segment : model.segments()) {
      ran += new Predicates(row).of(segment.predicate()) == Truth.TRUE ? 1 : 0;
    }
    return ran > given.size();
  }

  /** What a missing prediction of a segment counts. */
  private double weight(Segment segment) {
    return weighted ? math.of(segment.weight()) : 1;
  }

  /** What a segment's prediction counts. */
  private double weight(Ran ran) {
    return weighted ? math.of(ran.segment.weight() * ran.factor) : 1;
  }

  /** A missing prediction is a vote too; it wins where it is strictly ahead of all categories. */
  private Score vote(List<Ran> given, double lacking) {
    Map<Object, Double> votes = new LinkedHashMap<>();
    double total = 0;
    for (Ran ran : given) {
      votes.merge(ran.score.value(), weight(ran), math::add);
    }
    Object best = Score.best(votes); // the category first voted for, among equals
    if (lacking > votes.get(best)) {
      return Score.NONE;
    }
    for (Object category : Categories.of(model, row)) {
      total = math.add(total, votes.getOrDefault(category, 0.0));
    }
    return distribution(best, votes, total);
  }

  private Score distribution(Object best, Map<Object, Double> sums, double total) {
    if (total == 0) {
      throw new BadRow("the weights sum to 0");
    }
    Map<Object, Double> probabilities = new LinkedHashMap<>(sums);
    probabilities.replaceAll((category, sum) -> math.divide(sum, total));
    return new Score(best, probabilities, null, null);
  }

  private Score categories(List<Ran> given) {
    return switch (model.method()) {
      case AVERAGE, WEIGHTED_AVERAGE -> average(given);
      case MAX, MEDIAN -> extreme(given);
      default -> throw new IllegalArgumentException(model.method() + " for categories");
    };
  }

  /** For each category the weighted mean of its probabilities. */
  private Score average(List<Ran> given) {
    Map<Object, Double> sums = Score.all(Categories.of(model, row), 0);
    double total = 0;
    for (Ran ran : given) {
      double weight = weight(ran);
      total = math.add(total, weight);
      ran.score
          .shares()
          .forEach((c, p) -> sums.merge(c, math.multiply(weight, math.of(p)), math::add));
    }
    return distribution(Score.best(sums), sums, total);
  }

  /**
   * max, median: the category with the largest (or middle) probability wins; the segments whose
   * probability of it is this, or one of the two in the middle, are averaged.
   */
  private Score extreme(List<Ran> given) {
    Map<Object, Double> deciding = new LinkedHashMap<>();
    Set<Object> order = declaredOrder();
    for (Object category : order) {
      List<Double> sorted = new ArrayList<>();
      given.forEach(ran -> sorted.add(share(ran, category)));
      sorted.sort(null);
      deciding.put(
          category, model.method() == Method.MAX ? sorted.get(sorted.size() - 1) : middle(sorted));
    }
    Object winner = Score.best(deciding);
    List<Double> sorted = given.stream().map(ran -> share(ran, winner)).sorted().toList();
    int last = sorted.size() - 1;
    boolean max = model.method() == Method.MAX;
    List<Double> middle = sorted.subList(max ? last : last / 2, max ? last + 1 : (last + 3) / 2);
    Map<Object, Double> mean = Score.all(order, 0);
    int count = 0;
    for (Ran ran : given) {
      if (middle.contains(share(ran, winner))) {
        mean.replaceAll((category, sum) -> math.add(sum, share(ran, category)));
        count++;
      }
    }
    int contributors = count;
    mean.replaceAll((category, sum) -> math.divide(sum, contributors));
    return new Score(Score.best(mean), mean, null, null);
  }

  private double share(Ran ran, Object category) {
    return math.of(ran.score.shares().getOrDefault(category, 0.0));
  }

  private double middle(List<Double> sorted) {
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : math.divide(math.add(sorted.get(half - 1), sorted.get(half)), 2);
  }

  /** The categories as the target's DataField lists them, then the others. */
  private Set<Object> declaredOrder() {
    Set<Object> all = Categories.of(model, row);
    Set<Object> order = new LinkedHashSet<>();
    Category category = Category.of(row);
    DataField target = category.name() == null ? null : row.dataField(category.name());
    if (target != null) {
      for (Value value : target.values()) {
        Object listed = category.of(value.value());
        if (value.property() == Value.Property.VALID && all.contains(listed)) {
          order.add(listed);
        }
      }
    }
    order.addAll(all);
    return order;
  }

  private double number(List<Ran> given) {
    return switch (model.method()) {
      case SUM, WEIGHTED_SUM -> sum(given, start());
      case AVERAGE, WEIGHTED_AVERAGE -> {
        double total = 0;
        for (Ran ran : given) {
          total = math.add(total, weight(ran));
        }
        if (total == 0) {
          throw new BadRow("the weights sum to 0");
        }
        yield math.divide(sum(given, 0), total);
      }
      case MEDIAN ->
          middle(given.stream().map(ran -> math.of(ran.score.number())).sorted().toList());
      case WEIGHTED_MEDIAN -> weightedMedian(given);
      default -> throw new IllegalArgumentException(model.method() + " for numbers");
    };
  }

  private double sum(List<Ran> given, double start) {
    double sum = start;
    for (Ran ran : given) {
      double y = math.of(ran.score.number());
      sum = math.add(sum, weighted ? math.multiply(weight(ran), y) : y);
    }
    return sum;
  }

  /**
   * What a sum starts from: in single precision the rescaleConstant of a Target that does nothing
   * else before it.
   */
  double start() {
    boolean sums = model.method() == Method.SUM || model.method() == Method.WEIGHTED_SUM;
    Target target = Targets.of(model.frame(), Category.of(row).name());
    return sums
            && math == Arithmetic.FLOAT
            && target != null
            && target.rescaleFactor() == 1
            && Double.isNaN(target.min())
            && Double.isNaN(target.max())
            && target.values().stream().allMatch(value -> Double.isNaN(value.defaultValue()))
        ? math.of(target.rescaleConstant())
        : 0;
  }

  /** The first value, in ascending order, at which half of the weight is reached. */
  private double weightedMedian(List<Ran> given) {
    List<Ran> sorted = new ArrayList<>(given);
    sorted.sort(Comparator.comparingDouble(ran -> math.of(ran.score.number())));
    double total = 0;
    for (Ran ran : given) {
      total = math.add(total, weight(ran));
    }
    double half = math.divide(total, 2);
    double sum = 0;
    for (Ran ran : sorted) {
      sum = math.add(sum, weight(ran));
      if (sum >= half) {
        return math.of(ran.score.number());
      }
    }
    throw new IllegalStateException();
  }
}
