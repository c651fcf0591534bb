package io.github.sbi4j.flows.potential;

import io.github.sbi4j.core.distribution.Distribution;

/**
 * What gives the potential of an observation: a learned likelihood, ratio or posterior, or a
 * likelihood of one's own.
 */
public interface PotentialSource {
  /** {@return the prior over the D parameters} */
  Distribution prior();

  /**
   * {@return the number of threads that samplers share their chains among if not told otherwise;
   * one unless an evaluation keeps to the thread that asks for it}
   */
  default int threads() {
    return 1;
  }

  /**
   * The potential at one observation or several independent ones.
   *
   * @param trials M x L, M at least 1
   * @return the potential of the D parameters
   * @throws IllegalArgumentException if the trials are not of the kind that was learned from
   */
  Potential potential(double[]... trials);

  /**
   * The potential at independent trials that were done under known conditions.
   *
   * @param trials M x L, M at least 1
   * @param conditions M x K, those of trial m in row m
   * @return the potential of the D parameters
   * @throws IllegalArgumentException if trials and conditions are not of the kind that was learned
   *     from, or there were no conditions
   */
  default Potential potential(double[][] trials, double[][] conditions) {
    throw new IllegalArgumentException(
        "conditions were given, but "
            + getClass().getSimpleName()
            + " knows of none; leave them out, or take a likelihood or ratio learned under conditions");
  }
}
