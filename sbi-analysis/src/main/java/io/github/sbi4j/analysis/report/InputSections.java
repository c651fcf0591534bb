package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.plot.LossPlot;
import io.github.sbi4j.analysis.report.PageTable.Cell;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.training.MemberReport;
import io.github.sbi4j.flows.training.TrainingReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What went into the posterior: prior, simulations, training. */
final class InputSections {
  private final Html html;
  private final PageFigures figures;

  InputSections(Html html, PageFigures figures) {
    this.html = html;
    this.figures = figures;
  }

  void prior(Distribution prior) {
    double[] lower = prior.support().lower();
    double[] upper = prior.support().upper();
    double[] mean = prior.mean();
    double[] variance = prior.variance();
    PageTable table = new PageTable("Parameters", "parameter", "from", "to", "mean", "sd");
    for (int d = 0; d < prior.dimension(); d++) {
      table.row(
          Cell.text(prior.names().get(d)),
          Cell.number(lower[d]),
          Cell.number(upper[d]),
          Cell.number(mean[d]),
          Cell.number(Math.sqrt(variance[d])));
    }
    table.write(html);
  }

  void simulations(Simulations simulations) {
    int failed = simulations.failures().size();
    html.element(
        "p",
        simulations.size()
            + " simulations, "
            + (simulations.size() - failed)
            + " of them valid"
            + (failed == 0 ? "." : ", " + failed + " failed."));
    if (failed > 0) {
      PageTable table = new PageTable("Failures", "reason", "number", "share", "for example");
      for (Map.Entry<String, List<SimulationFailure>> kind : failures(simulations).entrySet()) {
        table.row(
            Cell.text(kind.getKey()),
            Cell.number(kind.getValue().size()),
            Cell.percent((double) kind.getValue().size() / simulations.size()),
            Cell.reading(
                "row " + kind.getValue().get(0).row() + ": " + kind.getValue().get(0).message()));
      }
      table.write(html);
    }
    Samples observations = simulations.valid().observations();
    if (observations.rows() >= 2) {
      summary("Simulated observations", "value", observations).write(html);
    }
  }

  /** The failures by their kind in words. */
  static Map<String, List<SimulationFailure>> failures(Simulations simulations) {
    Map<String, List<SimulationFailure>> kinds = new TreeMap<>();
    for (SimulationFailure failure : simulations.failures()) {
      String words =
          switch (failure.kind()) {
            case FAILED -> "failed";
            case TIMED_OUT -> "timed out";
            case NON_FINITE -> "not finite";
            case CANCELLED -> "cancelled";
          };
      kinds.computeIfAbsent(words, key -> new ArrayList<>()).add(failure);
    }
    return kinds;
  }

  private static PageTable summary(String caption, String first, Samples samples) {
    PageTable table = new PageTable(caption, first, "mean", "sd", "5 %", "median", "95 %");
    double[] mean = samples.mean();
    double[] sd = samples.sd();
    double[][] quantiles = samples.quantiles(0.05, 0.5, 0.95);
    for (int j = 0; j < samples.columns(); j++) {
      table.row(
          Cell.text(samples.names().get(j)),
          Cell.number(mean[j]),
          Cell.number(sd[j]),
          Cell.number(quantiles[0][j]),
          Cell.number(quantiles[1][j]),
          Cell.number(quantiles[2][j]));
    }
    return table;
  }

  void training(TrainingReport report) {
    html.element(
        "p",
        report.rowsUsed()
            + " simulations were used, in "
            + Numbers.seconds(report.seconds())
            + ".");
    if (!report.rowsLeftOut().isEmpty()) {
      PageTable left = new PageTable("Simulations left out", "reason", "number");
      new TreeMap<>(report.rowsLeftOut())
          .forEach((reason, count) -> left.row(Cell.text(reason), Cell.number(count)));
      left.write(html);
    }
    PageTable table =
        new PageTable(
            "Networks", "network", "epochs", "best epoch", "validation loss", "steps", "ended");
    for (int m = 0; m < report.members().size(); m++) {
      MemberReport member = report.members().get(m);
      table.row(
          Cell.text(Integer.toString(m + 1)),
          Cell.number(member.epochs()),
          Cell.number(member.bestEpoch()),
          Cell.number(member.bestValidationLoss()),
          Cell.number(member.steps()),
          Cell.reading(TrainingCheck.ended(member.stopReason())));
    }
    table.write(html);
    figures.write(html, "losses by epoch", () -> LossPlot.of(report));
  }
}
