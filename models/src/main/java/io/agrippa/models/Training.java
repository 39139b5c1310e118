package io.agrippa.models;

import io.agrippa.engine.model.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;

/** A training under way: reads the rows, learns, measures and writes the document. */
final class Training {
  private final TrainingRequest request;
  private final String place;
  private final List<String> inputs;
  private final TableReader reader;
  private final TrainingTasks tasks;

  Training(TrainingRequest request, TrainingTasks tasks) throws IOException {
    this.request = request;
    this.tasks = tasks;
    place = request.data().name();
    String target = request.target().column();
    List<String> all = request.data().source().schema().names();
    inputs =
        request.inputs().isEmpty()
            ? all.stream().filter(name -> !name.equals(target)).toList()
            : request.inputs();
    if (inputs.isEmpty()) {
      throw new TrainingException(
          place + ": there is no column but the target; a model needs inputs");
    }
    if (request.target() instanceof TrainingTarget.Above && all.contains(request.target().name())) {
      throw new TrainingException(
          "%s: the prediction cannot be called \"%s\", as a column is; give it another name"
              .formatted(place, request.target().name()));
    }
    List<String> columns = new ArrayList<>(inputs);
    columns.add(target);
    reader = new TableReader(request.data(), columns, request.categories());
  }

  TrainedModel run() throws IOException {
    return finish(learn());
  }

  /** Writes down what was learnt, and measures that. */
  TrainedModel finish(Learnt learnt) throws IOException {
    Fitted.Predictor predictor = learnt.fitted.predictor(Samples.of(learnt.features, learnt.table));
    PmmlFrame frame =
        new PmmlFrame(
            request.name(),
            request.algorithm().label(),
            learnt.features,
            learnt.labels,
            learnt.table,
            new VerificationRows(learnt.table, inputs).verification(learnt.labels, predictor));
    Document unmeasured =
        new Document(
            request.name(),
            "4.4",
            null,
            frame.dataDictionary(),
            List.of(),
            PmmlDerivations.fields(learnt.features),
            List.of(learnt.fitted.model(frame)));
    RowSample sample = new RowSample(request.share(), request.seed());
    Measuring.Outcome outcome =
        new Measuring(request, learnt.labels, unmeasured)
            .measure(row -> request.share() == 1 || !sample.learns(row));
    TrainingReport report =
        new TrainingReport(
            learnt.seen,
            learnt.table.rows(),
            learnt.withoutTarget,
            outcome.rows(),
            outcome.metrics());
    return new TrainedModel(
        new Document(
            unmeasured.place(),
            unmeasured.version(),
            Provenance.header(request, report),
            unmeasured.dataDictionary(),
            unmeasured.functions(),
            unmeasured.derivedFields(),
            unmeasured.models()),
        report);
  }

  /**
   * What was learnt.
   *
   * @param table the rows that it was learnt from
   * @param withoutTarget rows that were left out for want of a target
   * @param seen rows in the data
   */
  record Learnt(
      Table table,
      List<Feature> features,
      Labels labels,
      Fitted fitted,
      long withoutTarget,
      long seen) {}

  Learnt learn() throws IOException {
    RowSample sample = new RowSample(request.share(), request.seed());
    Table read = read(sample::learns);
    LabelReader labelReader = new LabelReader(request.target());
    Table table = read.keep(labelReader.present(read));
    if (table.rows() == 0) {
      throw new TrainingException(
          "%s: no rows to learn from (%d rows, of which %d were chosen and %d of these have no target); give more rows or a greater share"
              .formatted(place, read.seen(), read.rows(), read.rows()));
    }
    Labels labels = labelReader.labels(table, place);
    List<Feature> features = new FeatureLearner(request, table).features(inputs);
    Fitted fitted = fit(Samples.of(features, table), labels);
    return new Learnt(table, features, labels, fitted, read.rows() - table.rows(), read.seen());
  }

  /** Reads rows of the target's and the inputs' columns. */
  Table read(LongPredicate wanted) throws IOException {
    return reader.read(wanted);
  }

  private Fitted fit(Samples samples, Labels labels) {
    Algorithm algorithm = request.algorithm();
    if (algorithm instanceof GradientBoostedTrees options) {
      if (labels instanceof Labels.Classes classes) {
        requireClasses(classes, 2);
      }
      return new BoostingLearner(options, request.seed()).fit(samples, labels);
    }
    if (algorithm instanceof RandomForest options) {
      return new ForestLearner(options, request.seed(), place, tasks)
          .fit(samples, requireClasses(labels, Integer.MAX_VALUE));
    }
    if (algorithm instanceof LogisticRegression options) {
      return new LogisticLearner(options).fit(samples, requireClasses(labels, 2));
    }
    if (labels instanceof Labels.Amounts amounts) {
      return new LinearLearner((LinearRegression) algorithm, place).fit(samples, amounts);
    }
    throw new TrainingException(
        "%s: %s predicts numbers, but target \"%s\" is a category; choose %s or %s"
            .formatted(
                place,
                LinearRegression.LABEL,
                labels.name(),
                LogisticRegression.LABEL,
                RandomForest.LABEL));
  }

  private Labels.Classes requireClasses(Labels labels, int most) {
    if (!(labels instanceof Labels.Classes classes)) {
      throw new TrainingException(
          "%s: %s predicts classes, but target \"%s\" is a number; make it categorical, compare it with a bound, or choose %s"
              .formatted(
                  place, request.algorithm().label(), labels.name(), LinearRegression.LABEL));
    }
    int number = classes.levels().size();
    if (number < 2 || Arrays.stream(classes.codes()).distinct().count() < 2) {
      throw new TrainingException(
          "%s: all rows to learn from have the same \"%s\", so there is nothing to tell apart; give rows of at least two classes"
              .formatted(place, labels.name()));
    }
    if (number > most) {
      throw new TrainingException(
          "%s: %s tells two classes apart, but target \"%s\" has %d; choose %s"
              .formatted(
                  place, request.algorithm().label(), labels.name(), number, RandomForest.LABEL));
    }
    return classes;
  }
}
