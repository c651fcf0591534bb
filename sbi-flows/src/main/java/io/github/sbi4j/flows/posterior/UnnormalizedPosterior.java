package io.github.sbi4j.flows.posterior;

import java.util.Map;

/**
 * A posterior whose density is known up to a constant only: prior times likelihood or ratio, not
 * divided by their integral.
 *
 * <p>{@link #logProb(double[])} gives log p(theta) + log p(x | theta), to be compared between
 * parameters, not between observations.
 */
public interface UnnormalizedPosterior extends Posterior {
  @Override
  default boolean isNormalized() {
    return false;
  }

  @Override
  UnnormalizedPosterior given(double... observation);

  /**
   * {@return the same posterior for M independent trials of L values}
   *
   * @param trials M x L, M at least 1
   */
  UnnormalizedPosterior given(double[][] trials);

  /**
   * {@return the posterior p(free | fixed, x) of the other parameters while some are fixed, at the
   * same observation if one was given}
   *
   * @param fixed values of parameters by name
   * @throws IllegalArgumentException if a name is unknown, a value lies outside the prior's
   *     support, or no parameter is fixed or none stays free
   */
  UnnormalizedPosterior fixing(Map<String, Double> fixed);

  /**
   * {@return the same posterior for M independent trials of L values, each under its K conditions}
   *
   * @param trials M x L, M at least 1
   * @param conditions M x K, those of trial m in row m
   */
  UnnormalizedPosterior given(double[][] trials, double[][] conditions);
}
