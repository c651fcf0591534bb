package io.github.sbi4j.examples.cookies;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Gamma;
import io.github.sbi4j.core.distribution.Independent;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.flows.estimator.ColumnKind;
import io.github.sbi4j.flows.estimator.Mnle;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.posterior.Likelihood;
import io.github.sbi4j.flows.training.Training;
import java.util.random.RandomGenerator;

/** Bakes a cookie: its number of chips, given their rate. The likelihood is learned from it. */
public final class CookieSimulator {
  private CookieSimulator() {}

  /**
   * Counts the chips of one cookie, arriving one after the other in the time of a cookie.
   *
   * @param rate their mean number
   * @param random the source of chance
   * @return their number
   */
  public static int count(double rate, RandomGenerator random) {
    int count = 0;
    for (double t = random.nextExponential(); t < rate; t += random.nextExponential()) {
      count++;
    }
    return count;
  }

  /** {@return the rates to learn from} */
  public static Distribution prior() {
    return Independent.of(Gamma.of(2, 0.2)).named("rate");
  }

  /**
   * Learns the likelihood of one cookie, which serves models of any number of cookies and
   * locations.
   *
   * @param simulations the number of simulated cookies
   * @param settings how to simulate
   * @param training how to train
   * @param seed decides simulations and training
   * @return the probability of each number of chips, given the rate
   */
  public static Likelihood learn(
      int simulations, SimulationSettings settings, Training training, long seed) {
    Distribution prior = prior();
    return SNLE.with(prior)
        .densityEstimator(Mnle.defaults().withColumns(ColumnKind.CATEGORICAL))
        .training(training)
        .seed(seed)
        .appendSimulations(
            Simulations.run(
                (theta, random) -> new double[] {count(theta[0], random)},
                prior,
                simulations,
                seed,
                settings))
        .train()
        .buildLikelihood();
  }
}
