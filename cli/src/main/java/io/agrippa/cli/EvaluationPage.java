package io.agrippa.cli;

import io.agrippa.cli.html.Axis;
import io.agrippa.cli.html.BarChart;
import io.agrippa.cli.html.Markup;
import io.agrippa.cli.html.Page;
import io.agrippa.cli.html.XyChart;
import io.agrippa.engine.analysis.Evaluation;
import io.agrippa.engine.analysis.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** An evaluation as a page with plots. */
final class EvaluationPage {
  /** More curves than this cannot be told apart. */
  private static final int CURVES = 8;

  private static final int CLASSES = 30;

  private EvaluationPage() {}

  /** The whole page. */
  static String html(EvaluationTask task, Evaluation evaluation, String model, String input) {
    Page page = new Page("How good " + model + " is on " + input);
    page.lead(EvaluationText.rows(evaluation.rows()) + "; actual: " + task.actual());
    if (evaluation instanceof Evaluation.Classification classes) {
      add(page, classes);
    } else if (evaluation instanceof Evaluation.Regression regression) {
      add(page, regression);
    }
    page.section("What is what");
    page.paragraph(
        "Definitions, sources and bounds of error are in docs/analysis.md. The same figures, with"
            + " those of the run, are in the JSON of agrippa evaluate … --json.");
    return page.html();
  }

  private static void add(Page page, Evaluation.Classification of) {
    double commonest =
        of.measures().stream().mapToLong(Evaluation.ClassMeasures::actual).max().orElse(0)
            / (double) of.rows().used();
    page.finding(
        "Predicted class",
        "Right in " + EvaluationText.percent(of.accuracy()) + " of the rows",
        "always saying the commonest class would be right in "
            + EvaluationText.percent(commonest)
            + "; mean F1 of the classes "
            + EvaluationText.share(of.macroF1()));
    of.probabilities().ifPresent(probabilities -> add(page, probabilities));
    page.section("Classes");
    page.table(
        List.of("Class", "Actual", "Predicted", "Precision", "Recall", "F1"),
        of.measures().stream()
            .map(
                m ->
                    List.of(
                        m.label(),
                        ProfileText.count(m.actual()),
                        ProfileText.count(m.predicted()),
                        EvaluationText.share(m.precision()),
                        EvaluationText.share(m.recall()),
                        EvaluationText.share(m.f1())))
            .toList());
    if (of.classes().size() <= CLASSES) {
      page.section("Confusion matrix");
      page.table(confusionHeads(of), confusionRows(of));
    }
  }

  private static List<String> confusionHeads(Evaluation.Classification of) {
    List<String> heads = new ArrayList<>(List.of("Actual \\ predicted"));
    heads.addAll(of.classes());
    return heads;
  }

  private static List<List<String>> confusionRows(Evaluation.Classification of) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < of.classes().size(); i++) {
      List<String> cells = new ArrayList<>(List.of(of.classes().get(i)));
      of.confusion().get(i).forEach(count -> cells.add(ProfileText.count(count)));
      rows.add(cells);
    }
    return rows;
  }

  private static void add(Page page, Evaluation.Probabilities probabilities) {
    List<Evaluation.Ranking> shown =
        probabilities.rankings().stream()
            .filter(ranking -> !ranking.curve().isEmpty())
            .limit(CURVES)
            .toList();
    for (Evaluation.Ranking ranking : shown) {
      page.finding(
          "Probability of " + ranking.label(),
          "AUC "
              + EvaluationText.share(ranking.auc())
              + EvaluationText.error(ranking.aucError())
              + ", calibration error "
              + EvaluationText.share(ranking.calibrationError()),
          "average precision %s%s where %s of the rows are positive; KS %s"
              .formatted(
                  EvaluationText.share(ranking.averagePrecision()),
                  EvaluationText.error(ranking.averagePrecisionError()),
                  EvaluationText.percent(
                      ranking.positives() / (double) (ranking.positives() + ranking.negatives())),
                  EvaluationText.share(ranking.ks())));
    }
    page.paragraph(
        "Log loss %s, Brier score %s."
            .formatted(
                EvaluationText.share(probabilities.logLoss()),
                EvaluationText.share(probabilities.brier())));
    if (!shown.isEmpty()) {
      page.section("Curves");
      page.figures(curves(shown));
    }
  }

  private static List<Markup> curves(List<Evaluation.Ranking> rankings) {
    XyChart.Point origin = new XyChart.Point(0, 0);
    XyChart.Point corner = new XyChart.Point(1, 1);
    return List.of(
        Page.captioned(
            chart(
                    "ROC curve",
                    "false positive rate",
                    "true positive rate",
                    rankings,
                    EvaluationPage::roc)
                .guide(List.of(origin, corner))
                .markup(),
            "ROC: the further above the diagonal, the better it orders rows."),
        Page.captioned(
            chart(
                    "Precision and recall",
                    "recall",
                    "precision",
                    rankings,
                    EvaluationPage::precision)
                .markup(),
            "Precision against recall, from the highest threshold on the left to the lowest."),
        Page.captioned(
            chart("Gain", "share of rows, highest first", "found", rankings, EvaluationPage::gain)
                .guide(List.of(origin, corner))
                .markup(),
            "Gain: what part of the positives is among the rows of the highest probabilities."),
        Page.captioned(lift(rankings).markup(), "Lift: how many times more positives than by lot."),
        Page.captioned(
            calibration(rankings).guide(List.of(origin, corner)).markup(),
            "Calibration: on the diagonal, what is said to happen in so many cases does."));
  }

  private static XyChart chart(
      String name,
      String x,
      String y,
      List<Evaluation.Ranking> rankings,
      Function<Evaluation.Ranking, List<XyChart.Point>> points) {
    XyChart chart = new XyChart(name, Axis.linear(x, 0, 1), Axis.linear(y, 0, 1));
    rankings.forEach(ranking -> chart.curve(ranking.label(), points.apply(ranking)));
    return chart;
  }

  private static List<XyChart.Point> roc(Evaluation.Ranking ranking) {
    List<XyChart.Point> points = new ArrayList<>(List.of(new XyChart.Point(0, 0)));
    ranking
        .curve()
        .forEach(p -> points.add(new XyChart.Point(p.falsePositiveRate(), p.truePositiveRate())));
    return points;
  }

  private static List<XyChart.Point> precision(Evaluation.Ranking ranking) {
    return ranking.curve().stream()
        .map(p -> new XyChart.Point(p.truePositiveRate(), p.precision()))
        .toList();
  }

  private static List<XyChart.Point> gain(Evaluation.Ranking ranking) {
    List<XyChart.Point> points = new ArrayList<>(List.of(new XyChart.Point(0, 0)));
    ranking.lift().forEach(each -> points.add(new XyChart.Point(each.share(), each.gain())));
    return points;
  }

  private static XyChart lift(List<Evaluation.Ranking> rankings) {
    double highest =
        rankings.stream()
            .flatMap(ranking -> ranking.lift().stream())
            .mapToDouble(Evaluation.Lift::lift)
            .max()
            .orElse(1);
    XyChart chart =
        new XyChart(
            "Lift",
            Axis.linear("share of rows, highest first", 0, 1),
            Axis.fromZero("lift", highest));
    for (Evaluation.Ranking ranking : rankings) {
      chart.line(
          ranking.label(),
          ranking.lift().stream()
              .map(each -> new XyChart.Point(each.share(), each.lift()))
              .toList());
    }
    return chart.guide(List.of(new XyChart.Point(0, 1), new XyChart.Point(1, 1)));
  }

  private static XyChart calibration(List<Evaluation.Ranking> rankings) {
    XyChart chart =
        new XyChart(
            "Calibration",
            Axis.linear("mean probability", 0, 1),
            Axis.linear("rate of positives", 0, 1));
    for (Evaluation.Ranking ranking : rankings) {
      chart.line(
          ranking.label(),
          ranking.calibration().stream()
              .map(bin -> new XyChart.Point(bin.meanProbability(), bin.rate()))
              .toList());
    }
    return chart;
  }

  private static void add(Page page, Evaluation.Regression of) {
    page.finding(
        "Predicted number",
        "R² %s, RMSE %s, MAE %s"
            .formatted(
                EvaluationText.share(of.r2()),
                ProfileText.number(of.rmse()),
                ProfileText.number(of.mae())),
        "mean residual %s; the actual numbers have a mean of %s and a deviation of %s"
            .formatted(
                ProfileText.number(of.bias()),
                ProfileText.number(of.actual().mean()),
                ProfileText.number(Math.sqrt(of.actual().variance()))));
    page.section("Residuals");
    page.paragraph("A residual is what was predicted less what was.");
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("least", ProfileText.number(of.residuals().least())));
    for (Profile.Quantile quantile : of.residuals().quantiles()) {
      rows.add(
          List.of(EvaluationText.percent(quantile.share()), ProfileText.number(quantile.value())));
    }
    rows.add(List.of("greatest", ProfileText.number(of.residuals().greatest())));
    if (of.rows().used() > 0) {
      page.figure(
          quantiles(of.residuals()),
          "Residuals of the row at each share of all rows, ordered by residual.");
    }
    page.table(List.of("Share of rows up to", "Residual"), rows);
  }

  private static Markup quantiles(Profile.Numbers residuals) {
    double greatest =
        residuals.quantiles().stream().mapToDouble(q -> Math.abs(q.value())).max().orElse(1);
    BarChart chart =
        new BarChart(
            "Magnitudes of residuals by quantile",
            Axis.fromZero("magnitude of the residual", greatest),
            List.of("too low", "too high"));
    for (Profile.Quantile quantile : residuals.quantiles()) {
      chart.bar(
          String.format(Locale.ROOT, "%.0f %%", 100 * quantile.share()),
          ProfileText.number(quantile.value()),
          List.of(Math.max(0, -quantile.value()), Math.max(0, quantile.value())));
    }
    return chart.markup();
  }
}
