package io.agrippa.cli;

import io.agrippa.engine.analysis.Evaluation;
import io.agrippa.engine.analysis.Profile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An evaluation as maps and lists; numbers that are not defined are left out. */
final class EvaluationJson {
  private EvaluationJson() {}

  static Map<String, Object> of(EvaluationTask task, Evaluation evaluation) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("task", task.name());
    json.put("actual", task.actual());
    task.prediction().ifPresent(column -> json.put("prediction", column));
    task.positive().ifPresent(label -> json.put("positive", label));
    json.put("rows", rows(evaluation.rows()));
    if (evaluation instanceof Evaluation.Classification classes) {
      add(json, classes);
    } else if (evaluation instanceof Evaluation.Regression regression) {
      add(json, regression);
    }
    return json;
  }

  private static Map<String, Object> rows(Evaluation.Rows rows) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("all", rows.all());
    json.put("used", rows.used());
    json.put("actualMissing", rows.actualMissing());
    json.put("actualMalformed", rows.actualMalformed());
    json.put("predictionMissing", rows.predictionMissing());
    return json;
  }

  private static void add(Map<String, Object> json, Evaluation.Classification of) {
    json.put("classes", of.classes());
    json.put("confusion", of.confusion());
    Json.putNumber(json, "accuracy", of.accuracy());
    List<Object> measures = new ArrayList<>();
    for (Evaluation.ClassMeasures measure : of.measures()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("class", measure.label());
      entry.put("actual", measure.actual());
      entry.put("predicted", measure.predicted());
      Json.putNumber(entry, "precision", measure.precision());
      Json.putNumber(entry, "recall", measure.recall());
      Json.putNumber(entry, "f1", measure.f1());
      measures.add(entry);
    }
    json.put("measures", measures);
    Json.putNumber(json, "macroPrecision", of.macroPrecision());
    Json.putNumber(json, "macroRecall", of.macroRecall());
    Json.putNumber(json, "macroF1", of.macroF1());
    of.probabilities()
        .ifPresent(
            probabilities -> {
              Json.putNumber(json, "logLoss", probabilities.logLoss());
              Json.putNumber(json, "brier", probabilities.brier());
              json.put(
                  "rankings",
                  probabilities.rankings().stream().map(EvaluationJson::ranking).toList());
            });
  }

  private static Map<String, Object> ranking(Evaluation.Ranking of) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("class", of.label());
    json.put("positives", of.positives());
    json.put("negatives", of.negatives());
    Json.putNumber(json, "auc", of.auc());
    Json.putNumber(json, "aucError", of.aucError());
    Json.putNumber(json, "averagePrecision", of.averagePrecision());
    Json.putNumber(json, "averagePrecisionError", of.averagePrecisionError());
    Json.putNumber(json, "ks", of.ks());
    Json.putNumber(json, "calibrationError", of.calibrationError());
    List<Object> curve = new ArrayList<>();
    for (Evaluation.CurvePoint point : of.curve()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("threshold", point.threshold());
      entry.put("truePositiveRate", point.truePositiveRate());
      entry.put("falsePositiveRate", point.falsePositiveRate());
      entry.put("precision", point.precision());
      curve.add(entry);
    }
    json.put("curve", curve);
    List<Object> lift = new ArrayList<>();
    for (Evaluation.Lift each : of.lift()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("share", each.share());
      entry.put("gain", each.gain());
      entry.put("lift", each.lift());
      lift.add(entry);
    }
    json.put("lift", lift);
    List<Object> calibration = new ArrayList<>();
    for (Evaluation.CalibrationBin bin : of.calibration()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("from", bin.from());
      entry.put("to", bin.to());
      entry.put("rows", bin.rows());
      entry.put("meanProbability", bin.meanProbability());
      entry.put("rate", bin.rate());
      calibration.add(entry);
    }
    json.put("calibration", calibration);
    return json;
  }

  private static void add(Map<String, Object> json, Evaluation.Regression of) {
    Json.putNumber(json, "rmse", of.rmse());
    Json.putNumber(json, "mae", of.mae());
    Json.putNumber(json, "bias", of.bias());
    Json.putNumber(json, "r2", of.r2());
    json.put("residuals", numbers(of.residuals()));
    json.put("actualNumbers", numbers(of.actual()));
  }

  private static Map<String, Object> numbers(Profile.Numbers of) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", of.count());
    Json.putNumber(json, "min", of.least());
    Json.putNumber(json, "max", of.greatest());
    Json.putNumber(json, "mean", of.mean());
    Json.putNumber(json, "variance", of.variance());
    List<Object> quantiles = new ArrayList<>();
    for (Profile.Quantile quantile : of.quantiles()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("share", quantile.share());
      Json.putNumber(entry, "value", quantile.value());
      quantiles.add(entry);
    }
    json.put("quantiles", quantiles);
    json.put("quantileRelativeError", of.relativeError());
    return json;
  }
}
