package io.github.sbi4j.flows.posterior;

import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.sample.Samples;
import java.util.List;

/**
 * A posterior p(theta | x) over D parameters; immutable and usable from many threads. Given an
 * observation it is the {@link Proposal} of a further round of simulations.
 */
public interface Posterior extends Proposal {
  /** {@return the prior} */
  Distribution prior();

  /** {@return the names of the parameters, D of them} */
  @Override
  default List<String> names() {
    return prior().names();
  }

  /**
   * {@return the same posterior for an observation of L values}
   *
   * @param observation L values
   */
  Posterior given(double... observation);

  /**
   * Draws parameters for the observation given; the same draws at each call.
   *
   * @param count the number of draws, N
   * @return N x D
   */
  Samples sample(int count);

  /**
   * Draws parameters for the observation given.
   *
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return N x D
   */
  @Override
  Samples sample(int count, long seed);

  /**
   * {@return the log of the posterior density at D parameters; -Infinity outside the prior}
   *
   * @param parameters D values
   */
  default double logProb(double[] parameters) {
    return logProb(new double[][] {parameters})[0];
  }

  /**
   * {@return the log of the posterior density at each of N rows of parameters, N x D}
   *
   * @param parameters N x D
   */
  @Override
  double[] logProb(double[][] parameters);

  /** {@return the parameters at which the density is largest} */
  MapEstimate map();
}
