package io.github.sbi4j.flows.variational;

import java.util.random.RandomGenerator;

/** What improves an approximation step by step. */
interface Fitter {
  /**
   * Makes a step.
   *
   * @param rate its length, 1 at the beginning and less later
   * @param random the source of chance
   * @return the logs of the weights of the draws that it made, before the step
   */
  double[] step(double rate, RandomGenerator random);
}
