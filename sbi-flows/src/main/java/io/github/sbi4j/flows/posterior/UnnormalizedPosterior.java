package io.github.sbi4j.flows.posterior;

/**
 * A posterior whose density is known up to a constant only: prior times likelihood or ratio, not
 * divided by their integral.
 *
 * <p>{@link #logProb(double[])} gives log p(theta) + log p(x | theta), to be compared between
 * parameters, not between observations.
 */
public interface UnnormalizedPosterior extends Posterior {
  @Override
  UnnormalizedPosterior given(double... observation);

  /**
   * {@return the same posterior for M independent trials of L values}
   *
   * @param trials M x L, M at least 1
   */
  UnnormalizedPosterior given(double[][] trials);
}
