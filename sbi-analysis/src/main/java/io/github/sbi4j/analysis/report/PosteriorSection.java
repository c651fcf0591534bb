package io.github.sbi4j.analysis.report;

import io.github.sbi4j.analysis.plot.Figure;
import io.github.sbi4j.analysis.plot.MarginalPlot;
import io.github.sbi4j.analysis.plot.PairPlot;
import io.github.sbi4j.analysis.report.PageTable.Cell;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The draws of posteriors: tables and pair plots. */
final class PosteriorSection {
  /** Panels of more parameters are too small to read. */
  private static final int MOST_PAIRED = 8;

  private final Html html;
  private final PageFigures figures;

  PosteriorSection(Html html, PageFigures figures) {
    this.html = html;
    this.figures = figures;
  }

  void write(List<PosteriorDraws> posteriors, Optional<Distribution> prior) {
    Map<List<String>, List<PosteriorDraws>> byParameters = new LinkedHashMap<>();
    for (PosteriorDraws posterior : posteriors) {
      table(posterior, prior).write(html);
      byParameters
          .computeIfAbsent(posterior.samples().names(), key -> new ArrayList<>())
          .add(posterior);
    }
    for (List<PosteriorDraws> alike : byParameters.values()) {
      String names = String.join(", ", alike.stream().map(PosteriorDraws::name).toList());
      if (alike.get(0).samples().columns() <= MOST_PAIRED) {
        figures.write(
            html, "draws of " + names + ", regions of 50 % and 90 %", () -> pairPlot(alike));
      } else {
        figures.write(html, "draws of " + names, () -> marginalPlot(alike));
      }
    }
  }

  private static PageTable table(PosteriorDraws posterior, Optional<Distribution> prior) {
    Samples samples = posterior.samples();
    double[] priorSd =
        prior
            .filter(it -> it.names().equals(samples.names()))
            .map(Distribution::variance)
            .orElse(new double[0]);
    boolean known = posterior.truth().length > 0;
    List<String> columns =
        new ArrayList<>(List.of("parameter", "mean", "sd", "2.5 %", "median", "97.5 %"));
    if (priorSd.length > 0) {
      columns.add("sd / prior sd");
    }
    if (known) {
      columns.add("truth");
    }
    PageTable table =
        new PageTable(
            posterior.name() + ", " + samples.rows() + " draws", columns.toArray(String[]::new));
    double[] mean = samples.mean();
    double[] sd = samples.sd();
    double[][] quantiles = samples.quantiles(0.025, 0.5, 0.975);
    for (int d = 0; d < samples.columns(); d++) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(samples.names().get(d)));
      row.add(Cell.number(mean[d]));
      row.add(Cell.number(sd[d]));
      for (double[] quantile : quantiles) {
        row.add(Cell.number(quantile[d]));
      }
      if (priorSd.length > 0) {
        row.add(Cell.number(sd[d] / Math.sqrt(priorSd[d])));
      }
      if (known) {
        row.add(Cell.number(posterior.truth()[d]));
      }
      table.row(row);
    }
    return table;
  }

  private static Figure pairPlot(List<PosteriorDraws> posteriors) {
    PosteriorDraws first = posteriors.get(0);
    PairPlot plot =
        posteriors.size() == 1
            ? PairPlot.of(first.samples())
            : PairPlot.of(first.name(), first.samples());
    for (PosteriorDraws other : posteriors.subList(1, posteriors.size())) {
      plot = plot.add(other.name(), other.samples());
    }
    for (PosteriorDraws posterior : posteriors) {
      if (posterior.truth().length > 0) {
        return plot.truth(posterior.truth());
      }
    }
    return plot;
  }

  private static Figure marginalPlot(List<PosteriorDraws> posteriors) {
    PosteriorDraws first = posteriors.get(0);
    MarginalPlot plot = MarginalPlot.of(first.name(), first.samples());
    for (PosteriorDraws other : posteriors.subList(1, posteriors.size())) {
      plot = plot.add(other.name(), other.samples());
    }
    return first.truth().length > 0 ? plot.truth(first.truth()) : plot;
  }
}
