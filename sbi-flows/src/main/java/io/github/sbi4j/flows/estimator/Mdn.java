package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.random.RandomGenerator;

/**
 * A mixture density network: a mixture of Gaussians with full covariances whose parameters depend
 * on the context.
 *
 * <p>Bishop (1994), <a href="https://publications.aston.ac.uk/id/eprint/373">NCRG/94/004</a>.
 */
public final class Mdn implements DensityEstimator {
  private static final Mdn DEFAULTS = new Mdn(10, 50, 2, Activation.RELU);

  private final int components;
  private final int hiddenFeatures;
  private final int hiddenLayers;
  private final Activation activation;

  private Mdn(int components, int hiddenFeatures, int hiddenLayers, Activation activation) {
    this.components = Checks.atLeast("components", components, 1);
    this.hiddenFeatures = Checks.atLeast("hiddenFeatures", hiddenFeatures, 1);
    this.hiddenLayers = Checks.atLeast("hiddenLayers", hiddenLayers, 1);
    this.activation = activation;
  }

  /** {@return the default settings} */
  public static Mdn defaults() {
    return DEFAULTS;
  }

  /** {@return the number of components} */
  public int components() {
    return components;
  }

  /** {@return the width of each hidden layer} */
  public int hiddenFeatures() {
    return hiddenFeatures;
  }

  /** {@return the number of hidden layers of each network} */
  public int hiddenLayers() {
    return hiddenLayers;
  }

  /** {@return the activation of the hidden layers} */
  public Activation activation() {
    return activation;
  }

  /**
   * {@return these settings with another value of {@link #components()}}
   *
   * @param components at least 1
   */
  public Mdn withComponents(int components) {
    return new Mdn(components, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #hiddenFeatures()}}
   *
   * @param hiddenFeatures at least 1
   */
  public Mdn withHiddenFeatures(int hiddenFeatures) {
    return new Mdn(components, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #hiddenLayers()}}
   *
   * @param hiddenLayers at least 1
   */
  public Mdn withHiddenLayers(int hiddenLayers) {
    return new Mdn(components, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #activation()}}
   *
   * @param activation applied to each hidden value
   */
  public Mdn withActivation(Activation activation) {
    return new Mdn(components, hiddenFeatures, hiddenLayers, activation);
  }

  @Override
  public DensityNetwork build(
      int targets, int contexts, ParameterLayout layout, RandomGenerator random) {
    return new MixtureDensityNetwork(layout, targets, contexts, this, random);
  }

  @Override
  public String toString() {
    return "Mdn[components="
        + components
        + ", hiddenFeatures="
        + hiddenFeatures
        + ", hiddenLayers="
        + hiddenLayers
        + ", activation="
        + activation
        + "]";
  }
}
