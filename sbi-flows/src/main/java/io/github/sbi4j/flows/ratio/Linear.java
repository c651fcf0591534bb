package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.network.LinearLayer;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.random.RandomGenerator;

/**
 * A linear function of parameters and observation side by side. Without embedding networks it
 * cannot let the observation change what it says of the parameters; it is a baseline.
 */
public final class Linear implements Classifier {
  private static final Linear DEFAULTS = new Linear();

  private Linear() {}

  /** {@return the classifier, which has no settings} */
  public static Linear defaults() {
    return DEFAULTS;
  }

  @Override
  public ClassifierNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
    return LinearLayer.create(
            layout,
            "classifier.output",
            inputs,
            1,
            Activation.IDENTITY,
            0,
            null,
            new float[1],
            random)
        ::apply;
  }

  @Override
  public String toString() {
    return "Linear[]";
  }
}
