package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.random.RandomGenerator;

/** The settings of a conditional density estimator. */
public sealed interface DensityEstimator permits Maf, Nsf, Mdn, Mnle {
  /**
   * Builds the network, adding its weights to a layout.
   *
   * @param targets the number of values that the network sees of a target, D
   * @param contexts the number of context values, L
   * @param layout receives the weights
   * @param random draws the first weights
   * @return the network
   */
  DensityNetwork build(int targets, int contexts, ParameterLayout layout, RandomGenerator random);
}
