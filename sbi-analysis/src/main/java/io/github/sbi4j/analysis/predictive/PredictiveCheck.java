package io.github.sbi4j.analysis.predictive;

import io.github.sbi4j.analysis.diagnostic.Diagnosis;
import io.github.sbi4j.analysis.diagnostic.Finding;
import io.github.sbi4j.analysis.plot.MarginalPlot;
import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.Locale;

/**
 * An observation beside simulated ones, value by value or by test quantities.
 *
 * <p>A quantity fails if its two-sided tail probability is at most 0.05 divided by the number of
 * quantities, so that data from the model fail in any of them with a probability of 0.05 at most.
 */
public sealed interface PredictiveCheck extends Diagnosis
    permits PosteriorPredictiveCheck, PriorPredictiveCheck {
  /** {@return one entry for each observed value or test quantity, K of them} */
  List<PredictedStatistic> statistics();

  /** {@return what was predicted, a row for each valid simulation and K columns} */
  Samples predicted();

  /** {@return the number of simulations that failed and were left out} */
  int failures();

  @Override
  default List<Finding> findings() {
    return statistics().stream()
        .map(s -> s.finding(statistics().size(), predicted().rows()))
        .toList();
  }

  /** {@return the verdict, and an aligned text table with a line for each statistic} */
  @Override
  default String summary() {
    int width = 9;
    for (PredictedStatistic statistic : statistics()) {
      width = Math.max(width, statistic.name().length());
    }
    String names = "%-" + width + "s";
    String line = names + " %11.4g %11.4g %11.4g %11.4g %11.4g %11.4g %8.4f%n";
    StringBuilder text = new StringBuilder();
    text.append(name()).append(": ").append(verdict().word()).append(System.lineSeparator());
    String header = names + " %11s %11s %11s %11s %11s %11s %8s%n";
    text.append(
        String.format(
            Locale.ROOT, header, "", "observed", "mean", "sd", "5%", "median", "95%", "tail"));
    for (PredictedStatistic s : statistics()) {
      text.append(
          String.format(
              Locale.ROOT,
              line,
              s.name(),
              s.observed(),
              s.mean(),
              s.sd(),
              s.quantile05(),
              s.median(),
              s.quantile95(),
              s.tailProbability()));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%d simulations, %d failed",
                predicted().rows() + failures(),
                failures()))
        .toString();
  }

  /** {@return a histogram of the predictions for each statistic, with the observed one marked} */
  default MarginalPlot plot() {
    double[] observed = statistics().stream().mapToDouble(PredictedStatistic::observed).toArray();
    return MarginalPlot.of("predicted", predicted()).observed(observed);
  }
}
