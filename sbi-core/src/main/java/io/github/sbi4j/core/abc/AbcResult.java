package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.sample.Samples;

/**
 * What rejection gave.
 *
 * @param population the accepted parameters, all of the same weight, the closest first
 * @param simulations how many simulations were made, the failed ones and those of a pilot included
 * @param failed how many of them gave no observation
 */
public record AbcResult(Population population, int simulations, int failed) {
  /** {@return the accepted parameters, N rows of D} */
  public Samples samples() {
    return population.parameters();
  }

  /** {@return the largest distance that was accepted} */
  public double tolerance() {
    return population.tolerance();
  }

  /** {@return the share of simulations that were accepted} */
  public double acceptanceRate() {
    return (double) population.size() / simulations;
  }
}
