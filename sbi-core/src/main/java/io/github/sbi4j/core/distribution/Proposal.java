package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.Optional;

/**
 * Where the parameters of simulations come from: the prior, a posterior given an observation, or
 * anything else to draw D parameters from.
 *
 * <p>Implementations are immutable and may be used from many threads.
 */
public interface Proposal {
  /** {@return the names of the parameters, D of them} */
  List<String> names();

  /** {@return the number of parameters, D} */
  default int dimension() {
    return names().size();
  }

  /**
   * Draws a table.
   *
   * @param count the number of draws, N
   * @param seed decides the draws
   * @return N x D; fewer rows only where a sampler ended early, which it warns of
   */
  Samples sample(int count, long seed);

  /**
   * {@return the log-density at each of N rows, up to a constant unless {@link #isNormalized}}
   *
   * @param parameters N x D
   */
  double[] logProb(double[][] parameters);

  /** {@return whether the density integrates to one} */
  default boolean isNormalized() {
    return true;
  }

  /** {@return the observation of L values that this was learned for, if it is for one alone} */
  default Optional<double[]> observation() {
    return Optional.empty();
  }

  /**
   * The distribution that this one is a part of: its density is the same but for a constant
   * wherever this one's is positive. What is learned from parameters of a truncated prior needs no
   * correction there.
   *
   * @return the distribution; none if this is no restriction of another
   */
  default Optional<Distribution> restrictionOf() {
    return Optional.empty();
  }
}
