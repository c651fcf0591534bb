package io.github.sbi4j.benchmarks.algorithm;

/** An algorithm made ready for a problem. */
@FunctionalInterface
public interface Solver {
  /**
   * Draws from the posterior of one observation.
   *
   * @param observed the observation, L values
   * @param seed decides what is random for this observation alone
   * @return the posterior samples, and what they took; the seconds of an amortised training count
   *     in full for each observation
   */
  Outcome solve(double[] observed, long seed);
}
