package io.agrippa.cli;

import io.agrippa.engine.analysis.Evaluation;
import io.agrippa.engine.analysis.Profile;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation in tables for people. */
final class EvaluationText {
  /** Confusion matrices of more classes than this are left to JSON and the page. */
  private static final int CLASSES_SHOWN = 12;

  private EvaluationText() {}

  static void print(Evaluation evaluation, PrintWriter out) {
    out.println(rows(evaluation.rows()));
    if (evaluation instanceof Evaluation.Classification classes) {
      print(classes, out);
    } else if (evaluation instanceof Evaluation.Regression regression) {
      print(regression, out);
    }
    out.flush();
  }

  /** Which rows were measured, and what kept the others out. */
  static String rows(Evaluation.Rows rows) {
    List<String> others = new ArrayList<>();
    add(others, rows.actualMissing(), "without actual value");
    add(others, rows.actualMalformed(), "with an actual value of another kind");
    add(others, rows.predictionMissing(), "without prediction");
    return "%s of %s rows measured%s"
        .formatted(
            ProfileText.count(rows.used()),
            ProfileText.count(rows.all()),
            others.isEmpty() ? "" : "; " + String.join(", ", others));
  }

  private static void add(List<String> others, long count, String what) {
    if (count > 0) {
      others.add(ProfileText.count(count) + " " + what);
    }
  }

  private static void print(Evaluation.Classification of, PrintWriter out) {
    line(out, "accuracy         %s", share(of.accuracy()));
    of.probabilities()
        .ifPresent(
            probabilities -> {
              line(out, "log loss         %s", share(probabilities.logLoss()));
              line(out, "Brier score      %s", share(probabilities.brier()));
            });
    out.println();
    Table classes = new Table("CLASS", "ACTUAL", "PREDICTED", "PRECISION", "RECALL", "F1");
    for (Evaluation.ClassMeasures measure : of.measures()) {
      classes.add(
          measure.label(),
          ProfileText.count(measure.actual()),
          ProfileText.count(measure.predicted()),
          share(measure.precision()),
          share(measure.recall()),
          share(measure.f1()));
    }
    classes.add(
        "mean", "", "", share(of.macroPrecision()), share(of.macroRecall()), share(of.macroF1()));
    classes.print(out);
    if (of.classes().size() <= CLASSES_SHOWN) {
      out.println();
      confusion(of).print(out);
    }
    of.probabilities().ifPresent(probabilities -> rankings(probabilities, out));
  }

  private static Table confusion(Evaluation.Classification of) {
    List<String> heads = new ArrayList<>(List.of("ACTUAL \\ PREDICTED"));
    heads.addAll(of.classes());
    Table table = new Table(heads.toArray(new String[0]));
    for (int i = 0; i < of.classes().size(); i++) {
      List<String> cells = new ArrayList<>(List.of(of.classes().get(i)));
      of.confusion().get(i).forEach(count -> cells.add(ProfileText.count(count)));
      table.add(cells.toArray(new String[0]));
    }
    return table;
  }

  private static void rankings(Evaluation.Probabilities probabilities, PrintWriter out) {
    out.println();
    Table table = new Table("RANKING OF", "AUC", "AVERAGE PRECISION", "KS", "CALIBRATION ERROR");
    for (Evaluation.Ranking ranking : probabilities.rankings()) {
      table.add(
          ranking.label(),
          share(ranking.auc()) + error(ranking.aucError()),
          share(ranking.averagePrecision()) + error(ranking.averagePrecisionError()),
          share(ranking.ks()),
          share(ranking.calibrationError()));
    }
    table.print(out);
    if (probabilities.rankings().size() == 1) {
      Evaluation.Ranking ranking = probabilities.rankings().get(0);
      out.println();
      Table lift = new Table("HIGHEST", "FOUND OF " + ranking.label(), "LIFT");
      for (Evaluation.Lift each : ranking.lift()) {
        lift.add(percent(each.share()), percent(each.gain()), share(each.lift()));
      }
      lift.print(out);
      out.println();
      Table calibration = new Table("PROBABILITY", "ROWS", "MEAN", "RATE OF " + ranking.label());
      for (Evaluation.CalibrationBin bin : ranking.calibration()) {
        calibration.add(
            "%s-%s".formatted(bin.from(), bin.to()),
            ProfileText.count(bin.rows()),
            share(bin.meanProbability()),
            share(bin.rate()));
      }
      calibration.print(out);
    }
  }

  private static void print(Evaluation.Regression of, PrintWriter out) {
    line(out, "RMSE             %s", ProfileText.number(of.rmse()));
    line(out, "MAE              %s", ProfileText.number(of.mae()));
    line(out, "R²               %s", share(of.r2()));
    line(out, "mean residual    %s", ProfileText.number(of.bias()));
    out.println();
    Table residuals = new Table("", "LEAST", "5 %", "25 %", "MEDIAN", "75 %", "95 %", "GREATEST");
    add(residuals, "residuals (predicted - actual)", of.residuals());
    add(residuals, "actual", of.actual());
    residuals.print(out);
  }

  private static void add(Table table, String name, Profile.Numbers of) {
    table.add(
        name,
        ProfileText.number(of.least()),
        ProfileText.number(ProfileText.quantile(of, 0.05)),
        ProfileText.number(ProfileText.quantile(of, 0.25)),
        ProfileText.number(ProfileText.quantile(of, 0.5)),
        ProfileText.number(ProfileText.quantile(of, 0.75)),
        ProfileText.number(ProfileText.quantile(of, 0.95)),
        ProfileText.number(of.greatest()));
  }

  /** A measure with four digits behind the point; a dash where it is not defined. */
  static String share(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4f", value);
  }

  /** By how much it may be off, where it may. */
  static String error(double error) {
    return error == 0 ? "" : String.format(Locale.ROOT, " ± %.1e", error);
  }

  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static void line(PrintWriter out, String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
