package io.github.sbi4j.analysis.predictive;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.util.List;

/**
 * A prior predictive check: the observation beside what a simulator gives for parameters from the
 * prior, to be looked at before anything is learned.
 *
 * <p>A tail probability near zero says that the model hardly ever gives such a value, whatever its
 * parameters. The data have not been used before, so that tail probabilities are exact. {@link
 * io.github.sbi4j.analysis.diagnostic.Misspecification} looks at all values together.
 *
 * @param statistics one entry for each of the L observed values, or of the test quantities
 * @param predicted what was simulated of them, a row for each valid simulation
 * @param failures the number of simulations that failed and were left out
 * @see <a href="https://doi.org/10.1111/rssa.12378">Gabry et al. (2019), section 3</a>
 */
public record PriorPredictiveCheck(
    List<PredictedStatistic> statistics, Samples predicted, int failures)
    implements PredictiveCheck {
  /**
   * Copies the list of statistics.
   *
   * @param statistics one entry for each of the observed values, or of the test quantities
   * @param predicted what was simulated of them
   * @param failures the number of simulations that failed and were left out
   */
  public PriorPredictiveCheck {
    statistics = List.copyOf(statistics);
  }

  /**
   * Draws from the prior and simulates, on all processors, and compares.
   *
   * @param simulator the simulator
   * @param prior the prior
   * @param count the number of simulations, N
   * @param observed the L observed values
   * @param seed the seed of the simulations
   * @param quantities what to compare; each observed value if none are given
   * @return the comparison
   * @throws IllegalArgumentException if the simulator does not give L values, or an observed value
   *     or a test quantity is not finite
   * @throws IllegalStateException if fewer than two simulations give finite values
   */
  public static PriorPredictiveCheck run(
      Simulator simulator,
      Distribution prior,
      int count,
      double[] observed,
      long seed,
      PredictiveQuantity... quantities) {
    return of(Simulations.run(simulator, prior, count, seed), observed, quantities);
  }

  /**
   * Compares an observation with simulations from the prior that are there already, such as those
   * to train on.
   *
   * @param simulations simulations with parameters from the prior; failed ones are left out
   * @param observed the L observed values
   * @param quantities what to compare; each observed value if none are given
   * @return the comparison
   * @throws IllegalArgumentException if the simulations do not have L values each, or an observed
   *     value or a test quantity is not finite
   * @throws IllegalStateException if fewer than two simulations give finite values
   */
  public static PriorPredictiveCheck of(
      Simulations simulations, double[] observed, PredictiveQuantity... quantities) {
    Predictions made = Predictions.of(simulations, observed, quantities);
    return new PriorPredictiveCheck(made.statistics(), made.predicted(), made.failures());
  }

  @Override
  public String name() {
    return "prior predictive check";
  }

  /**
   * The same check with other names for the statistics.
   *
   * @param names a name for each
   * @return the renamed check
   * @throws IllegalArgumentException if there are not as many different names
   */
  public PriorPredictiveCheck named(String... names) {
    Samples renamed = predicted.named(names);
    return new PriorPredictiveCheck(
        PredictedStatistic.renamed(statistics, names), renamed, failures);
  }
}
