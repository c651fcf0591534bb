package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.random.RandomGenerator;

/**
 * A perceptron over parameters and observation side by side, whose output also sees them directly.
 */
public final class Mlp implements Classifier {
  private static final Mlp DEFAULTS = new Mlp(50, 2, Activation.RELU);

  private final int hiddenFeatures;
  private final int hiddenLayers;
  private final Activation activation;

  private Mlp(int hiddenFeatures, int hiddenLayers, Activation activation) {
    this.hiddenFeatures = Checks.atLeast("hiddenFeatures", hiddenFeatures, 1);
    this.hiddenLayers = Checks.atLeast("hiddenLayers", hiddenLayers, 1);
    this.activation = activation;
  }

  /** {@return the default settings: 2 hidden layers of 50 rectified units} */
  public static Mlp defaults() {
    return DEFAULTS;
  }

  /** {@return the width of each hidden layer} */
  public int hiddenFeatures() {
    return hiddenFeatures;
  }

  /** {@return the number of hidden layers} */
  public int hiddenLayers() {
    return hiddenLayers;
  }

  /** {@return the activation of the hidden layers} */
  public Activation activation() {
    return activation;
  }

  /**
   * {@return these settings with another value of {@link #hiddenFeatures()}}
   *
   * @param hiddenFeatures at least 1
   */
  public Mlp withHiddenFeatures(int hiddenFeatures) {
    return new Mlp(hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #hiddenLayers()}}
   *
   * @param hiddenLayers at least 1
   */
  public Mlp withHiddenLayers(int hiddenLayers) {
    return new Mlp(hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #activation()}}
   *
   * @param activation applied to each hidden value
   */
  public Mlp withActivation(Activation activation) {
    return new Mlp(hiddenFeatures, hiddenLayers, activation);
  }

  @Override
  public ClassifierNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
    return MultilayerPerceptron.create(
            layout,
            "classifier",
            inputs,
            hiddenFeatures,
            hiddenLayers,
            1,
            activation,
            0,
            new float[1],
            random)
        ::apply;
  }

  @Override
  public String toString() {
    return "Mlp[hiddenFeatures="
        + hiddenFeatures
        + ", hiddenLayers="
        + hiddenLayers
        + ", activation="
        + activation
        + "]";
  }
}
