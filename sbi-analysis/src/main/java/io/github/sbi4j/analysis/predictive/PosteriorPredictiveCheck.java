package io.github.sbi4j.analysis.predictive;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.List;

/**
 * A posterior predictive check: the observation beside what a simulator gives for parameters from
 * the posterior.
 *
 * <p>A tail probability near zero says that the model with these parameters hardly ever gives such
 * a value: the posterior is wrong, or the model is. The same data serve twice, so tail
 * probabilities are conservative: they lean away from zero even where the model is wrong, and what
 * fails here is wrong for sure.
 *
 * @param statistics one entry for each of the L observed values, or of the test quantities
 * @param predicted what was simulated of them, a row for each valid simulation
 * @param failures the number of simulations that failed and were left out
 * @see <a href="https://doi.org/10.1201/b16018">Gelman et al., Bayesian Data Analysis, chapter
 *     6</a>
 */
public record PosteriorPredictiveCheck(
    List<PredictedStatistic> statistics, Samples predicted, int failures)
    implements PredictiveCheck {
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
   * @param quantities what to compare; each observed value if none are given
   * @return the comparison
   * @throws IllegalArgumentException if the simulator does not give L values, or an observed value
   *     or a test quantity is not finite
   * @throws IllegalStateException if fewer than two simulations give finite values
   */
  public static PosteriorPredictiveCheck run(
      Simulator simulator,
      Samples posterior,
      double[] observed,
      long seed,
      PredictiveQuantity... quantities) {
    return of(Simulations.run(simulator, posterior, seed), observed, quantities);
  }

  /**
   * Compares an observation with simulations from the posterior that are there already.
   *
   * @param simulations simulations with parameters from the posterior; failed ones are left out
   * @param observed the L observed values
   * @param quantities what to compare; each observed value if none are given
   * @return the comparison
   * @throws IllegalArgumentException if the simulations do not have L values each, or an observed
   *     value or a test quantity is not finite
   * @throws IllegalStateException if fewer than two simulations give finite values
   */
  public static PosteriorPredictiveCheck of(
      Simulations simulations, double[] observed, PredictiveQuantity... quantities) {
    Predictions made = Predictions.of(simulations, observed, quantities);
    return new PosteriorPredictiveCheck(made.statistics(), made.predicted(), made.failures());
  }

  @Override
  public String name() {
    return "posterior predictive check";
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
    return new PosteriorPredictiveCheck(
        PredictedStatistic.renamed(statistics, names), renamed, failures);
  }
}
