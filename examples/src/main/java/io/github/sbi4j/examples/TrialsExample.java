package io.github.sbi4j.examples;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.mcmc.Chains;
import io.github.sbi4j.core.mcmc.McmcSettings;
import io.github.sbi4j.core.mcmc.Nuts;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import io.github.sbi4j.flows.estimator.Nsf;
import io.github.sbi4j.flows.inference.SNLE;
import io.github.sbi4j.flows.posterior.McmcPosterior;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The g-and-k distribution from many independent values of it: easy to draw from, by its quantile
 * function, and without a density in closed form.
 *
 * <p>One training on single values serves any number of them. With 250 values of the truth below,
 * the likelihood computed from the inverted quantile function gives means of 3.16, 1.37, 2.00 and
 * 0.41 and standard deviations of 0.10, 0.18, 0.25 and 0.07.
 */
public final class TrialsExample {
  /** Location, scale, skewness and kurtosis. */
  static final double[] TRUTH = {3, 1, 2, 0.5};

  private TrialsExample() {}

  /**
   * Runs the example.
   *
   * @param arguments the numbers of simulations, observed values and draws; 20 000, 250 and 4 000
   *     unless given
   */
  public static void main(String[] arguments) {
    int simulations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20_000;
    int trials = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 250;
    int draws = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 4_000;
    System.out.println("truth: a 3, b 1, g 2, k 0.5");
    System.out.println(chains(simulations, trials, draws).summary());
  }

  static double[] draw(double[] theta, RandomGenerator random) {
    double z = random.nextGaussian();
    double skewed = 1 + 0.8 * Math.tanh(theta[2] * z / 2);
    return new double[] {theta[0] + theta[1] * skewed * Math.pow(1 + z * z, theta[3]) * z};
  }

  static double[][] observed(int trials) {
    RandomGenerator random = new Random(42);
    double[][] values = new double[trials][];
    for (int i = 0; i < trials; i++) {
      values[i] = draw(TRUTH, random);
    }
    return values;
  }

  static Chains chains(int count, int trials, int draws) {
    Distribution prior =
        BoxUniform.of(new double[] {0, 0.2, 0, 0}, new double[] {6, 4, 5, 1.5})
            .named("a", "b", "g", "k");
    Simulator simulator = TrialsExample::draw;
    McmcPosterior posterior =
        SNLE.with(prior)
            .densityEstimator(Nsf.defaults())
            .seed(1)
            .appendSimulations(Simulations.run(simulator, prior, count, 1))
            .train()
            .buildPosterior();
    return posterior
        .withSampler(Nuts.defaults())
        .withChains(4)
        .withSettings(McmcSettings.defaults().withWarmUp(300).withThreads(2))
        .given(observed(trials))
        .chains(draws, 1);
  }
}
