package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.plot.Figure;
import io.github.sbi4j.analysis.predictive.PredictedStatistic;
import io.github.sbi4j.analysis.predictive.PredictiveCheck;
import io.github.sbi4j.analysis.report.PageTable.Cell;

/** A check: its verdict, what it found, its figures. */
final class CheckSection {
  private final Html html;
  private final PageFigures figures;

  CheckSection(Html html, PageFigures figures) {
    this.html = html;
    this.figures = figures;
  }

  void write(ReportedCheck check) {
    Diagnosis diagnosis = check.diagnosis();
    html.open("article").open("h3").text(diagnosis.name() + " ");
    html.element(
        "span",
        diagnosis.verdict().word(),
        "class",
        "verdict " + ReportPage.css(diagnosis.verdict()));
    html.close();
    if (diagnosis instanceof PredictiveCheck predictive) {
      predictions(predictive);
    } else {
      findings(diagnosis);
    }
    for (Figure figure : check.figures()) {
      figures.write(html, check.caption(), () -> figure);
    }
    html.close();
  }

  private void findings(Diagnosis diagnosis) {
    if (diagnosis.findings().isEmpty()) {
      html.element("p", "There was nothing to look at.", "class", "note");
      return;
    }
    PageTable table =
        new PageTable(
            "Findings: " + diagnosis.name(),
            "quantity",
            "verdict",
            "reading",
            "measure",
            "value",
            "threshold",
            "false alarms");
    for (Finding finding : diagnosis.findings()) {
      table.row(
          Cell.text(finding.quantity()),
          Cell.verdict(finding.verdict()),
          Cell.reading(finding.reading()),
          Cell.text(finding.measure()),
          Cell.number(finding.value()),
          Cell.number(finding.threshold()),
          Cell.percent(finding.falseAlarmRate()));
    }
    table.write(html);
  }

  private void predictions(PredictiveCheck check) {
    html.element(
        "p",
        check.predicted().rows()
            + " simulations"
            + (check.failures() == 0 ? "." : "; " + check.failures() + " more failed."));
    PageTable table =
        new PageTable(
            "Findings: " + check.name(),
            "quantity",
            "verdict",
            "observed",
            "5 %",
            "median",
            "95 %",
            "tail probability",
            "threshold");
    for (int j = 0; j < check.statistics().size(); j++) {
      PredictedStatistic statistic = check.statistics().get(j);
      Finding finding = check.findings().get(j);
      table.row(
          Cell.text(statistic.name()),
          Cell.verdict(finding.verdict()),
          Cell.number(statistic.observed()),
          Cell.number(statistic.quantile05()),
          Cell.number(statistic.median()),
          Cell.number(statistic.quantile95()),
          Cell.number(statistic.tailProbability()),
          Cell.number(finding.threshold()));
    }
    table.write(html);
  }
}
