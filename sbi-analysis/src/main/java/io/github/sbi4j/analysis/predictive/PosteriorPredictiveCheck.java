package io.github.sbi4j.analysis.predictive;

import io.github.sbi4j.analysis.plot.MarginalPlot;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A posterior predictive check: the observation beside what a simulator gives for parameters from
 * the posterior.
 *
 * <p>A tail probability near zero says that the model with these parameters hardly ever gives such
 * a value: the posterior is wrong, or the model is. The same data serve twice, so tail
 * probabilities lean towards one half even where all is well.
 *
 * @param statistics one entry for each of the L observed values
 * @param predicted the simulated observations, a row for each valid simulation and L columns
 * @param failures the number of simulations that failed and were left out
 * @see <a href="https://doi.org/10.1201/b16018">Gelman et al., Bayesian Data Analysis, chapter
 *     6</a>
 */
public record PosteriorPredictiveCheck(
    List<PredictedStatistic> statistics, Samples predicted, int failures) {
  private static final int FEWEST = 2;

  /**
   * Copies the list of statistics.
   *
   * @param statistics one entry for each of the L observed values
   * @param predicted the simulated observations
   * @param failures the number of simulations that failed and were left out
   */
  public PosteriorPredictiveCheck {
    statistics = List.copyOf(statistics);
  }

  /**
   * Simulates once for each posterior sample, on all processors, and compares.
   *
   * @param simulator the simulator
   * @param posterior N samples of the D parameters, one simulation each
   * @param observed the L observed values
   * @param seed the seed of the simulations
   * @return the comparison
   * @throws IllegalArgumentException if the simulator does not give L values, or an observed value
   *     is not finite
   * @throws IllegalStateException if fewer than two simulations give finite values
   */
  public static PosteriorPredictiveCheck run(
      Simulator simulator, Samples posterior, double[] observed, long seed) {
    return of(Simulations.run(simulator, posterior, seed), observed);
  }

  /**
   * Compares an observation with simulations from the posterior that are there already.
   *
   * @param simulations simulations with parameters from the posterior; failed ones are left out
   * @param observed the L observed values
   * @return the comparison
   * @throws IllegalArgumentException if the simulations do not have L values each, or an observed
   *     value is not finite
   * @throws IllegalStateException if fewer than two simulations give finite values
   */
  public static PosteriorPredictiveCheck of(Simulations simulations, double[] observed) {
    Samples predicted = simulations.valid().observations();
    if (predicted.columns() != observed.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "got %d observed values and the simulator gives %d; give the same statistics",
              observed.length,
              predicted.columns()));
    }
    if (predicted.rows() < FEWEST) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "only %d of %d simulations gave finite values; look at the simulator's failures",
              predicted.rows(),
              simulations.size()));
    }
    double[] mean = predicted.mean();
    double[] sd = predicted.sd();
    double[][] quantiles = predicted.quantiles(0.05, 0.5, 0.95);
    List<PredictedStatistic> statistics = new ArrayList<>();
    for (int j = 0; j < observed.length; j++) {
      if (!Double.isFinite(observed[j])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "observed value %d is %s; give finite values", j, observed[j]));
      }
      statistics.add(
          new PredictedStatistic(
              predicted.names().get(j),
              observed[j],
              mean[j],
              sd[j],
              quantiles[0][j],
              quantiles[1][j],
              quantiles[2][j],
              PredictedStatistic.tailProbability(observed[j], predicted.column(j))));
    }
    return new PosteriorPredictiveCheck(
        statistics, predicted, simulations.size() - predicted.rows());
  }

  /**
   * The same check with other names for the observed values.
   *
   * @param names L names
   * @return the renamed check
   * @throws IllegalArgumentException if there are not L different names
   */
  public PosteriorPredictiveCheck named(String... names) {
    Samples renamed = predicted.named(names);
    List<PredictedStatistic> changed = new ArrayList<>();
    for (int j = 0; j < names.length; j++) {
      PredictedStatistic s = statistics.get(j);
      changed.add(
          new PredictedStatistic(
              names[j],
              s.observed(),
              s.mean(),
              s.sd(),
              s.quantile05(),
              s.median(),
              s.quantile95(),
              s.tailProbability()));
    }
    return new PosteriorPredictiveCheck(changed, renamed, failures);
  }

  /** {@return an aligned text table with a line for each observed value} */
  public String summary() {
    int width = 9;
    for (PredictedStatistic statistic : statistics) {
      width = Math.max(width, statistic.name().length());
    }
    String names = "%-" + width + "s";
    String line = names + " %11.4g %11.4g %11.4g %11.4g %11.4g %11.4g %8.4f%n";
    StringBuilder text = new StringBuilder();
    String header = names + " %11s %11s %11s %11s %11s %11s %8s%n";
    text.append(
        String.format(
            Locale.ROOT, header, "", "observed", "mean", "sd", "5%", "median", "95%", "tail"));
    for (PredictedStatistic s : statistics) {
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
                Locale.ROOT, "%d simulations, %d failed", predicted.rows() + failures, failures))
        .toString();
  }

  /** {@return a histogram of the predictions for each observed value, which is marked} */
  public MarginalPlot plot() {
    double[] observed = statistics.stream().mapToDouble(PredictedStatistic::observed).toArray();
    return MarginalPlot.of("predicted", predicted).observed(observed);
  }
}
