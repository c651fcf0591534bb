package io.github.sbi4j.flows.embedding;

import io.github.sbi4j.flows.network.MultilayerPerceptron;
import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * Hidden layers and a linear output that also sees the observation itself, for summary statistics
 * and other vectors.
 *
 * <p>The features are unbounded: no activation follows the last layer.
 */
public final class FullyConnected implements Embedding {
  private static final FullyConnected DEFAULTS = new FullyConnected(20, 2, 50, Activation.RELU);

  private final int outputs;
  private final int hiddenLayers;
  private final int hiddenFeatures;
  private final Activation activation;

  private FullyConnected(int outputs, int hiddenLayers, int hiddenFeatures, Activation activation) {
    this.outputs = Checks.atLeast("outputs", outputs, 1);
    this.hiddenLayers = Checks.atLeast("hiddenLayers", hiddenLayers, 0);
    this.hiddenFeatures = Checks.atLeast("hiddenFeatures", hiddenFeatures, 1);
    this.activation = activation;
  }

  /** {@return the default settings: two hidden layers of 50 rectified units, 20 features} */
  public static FullyConnected defaults() {
    return DEFAULTS;
  }

  /** {@return the number of features} */
  public int outputs() {
    return outputs;
  }

  /** {@return the number of hidden layers; none makes the network linear} */
  public int hiddenLayers() {
    return hiddenLayers;
  }

  /** {@return the width of each hidden layer} */
  public int hiddenFeatures() {
    return hiddenFeatures;
  }

  /** {@return the activation of the hidden layers} */
  public Activation activation() {
    return activation;
  }

  /**
   * {@return these settings with another number of features}
   *
   * @param outputs at least 1
   */
  public FullyConnected withOutputs(int outputs) {
    return new FullyConnected(outputs, hiddenLayers, hiddenFeatures, activation);
  }

  /**
   * {@return these settings with another number of hidden layers}
   *
   * @param hiddenLayers at least 0
   */
  public FullyConnected withHiddenLayers(int hiddenLayers) {
    return new FullyConnected(outputs, hiddenLayers, hiddenFeatures, activation);
  }

  /**
   * {@return these settings with another width of the hidden layers}
   *
   * @param hiddenFeatures at least 1
   */
  public FullyConnected withHiddenFeatures(int hiddenFeatures) {
    return new FullyConnected(outputs, hiddenLayers, hiddenFeatures, activation);
  }

  /**
   * {@return these settings with another activation of the hidden layers}
   *
   * @param activation applied to each value of a hidden layer
   */
  public FullyConnected withActivation(Activation activation) {
    return new FullyConnected(outputs, hiddenLayers, hiddenFeatures, activation);
  }

  @Override
  public EmbeddingNetwork build(int inputs, ParameterLayout layout, RandomGenerator random) {
    MultilayerPerceptron network = perceptron("embedding", inputs, layout, random);
    return new EmbeddingNetwork() {
      @Override
      public int outputs() {
        return outputs;
      }

      @Override
      public Tensor apply(Operations ops, Tensor observations) {
        return network.apply(ops, observations);
      }
    };
  }

  /** The network under a name, as a part of a larger one. */
  MultilayerPerceptron perceptron(
      String name, int inputs, ParameterLayout layout, RandomGenerator random) {
    return MultilayerPerceptron.create(
        layout, name, inputs, hiddenFeatures, hiddenLayers, outputs, activation, 1, null, random);
  }

  @Override
  public String toString() {
    return "FullyConnected[outputs="
        + outputs
        + ", hiddenLayers="
        + hiddenLayers
        + ", hiddenFeatures="
        + hiddenFeatures
        + ", activation="
        + activation
        + "]";
  }
}
