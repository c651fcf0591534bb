package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.random.RandomGenerator;

/** The settings of a network that gives one number for a pair of parameters and observation. */
public sealed interface Classifier permits Resnet, Mlp, Linear {
  /**
   * Builds the network, adding its weights to a layout.
   *
   * @param inputs the number of features of parameters and observation together
   * @param layout receives the weights
   * @param random draws the first weights
   * @return the network
   */
  ClassifierNetwork build(int inputs, ParameterLayout layout, RandomGenerator random);
}
