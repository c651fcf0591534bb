package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A masked autoregressive flow: affine autoregressive transforms, the order of the values reversed
 * from one to the next.
 *
 * <p>Papamakarios, Pavlakou and Murray (2017), <a
 * href="https://arxiv.org/abs/1705.07057">arXiv:1705.07057</a>. Unlike in other implementations the
 * context reaches every value, the first of each order included. With one value the flow is
 * Gaussian given the context; prefer {@link Nsf} there.
 */
public final class Maf implements DensityEstimator {
  private static final Maf DEFAULTS = new Maf(5, 50, 2, Activation.TANH);

  private final int transforms;
  private final int hiddenFeatures;
  private final int hiddenLayers;
  private final Activation activation;

  private Maf(int transforms, int hiddenFeatures, int hiddenLayers, Activation activation) {
    this.transforms = Checks.atLeast("transforms", transforms, 1);
    this.hiddenFeatures = Checks.atLeast("hiddenFeatures", hiddenFeatures, 1);
    this.hiddenLayers = Checks.atLeast("hiddenLayers", hiddenLayers, 1);
    this.activation = activation;
  }

  /** {@return the default settings} */
  public static Maf defaults() {
    return DEFAULTS;
  }

  /** {@return the number of transforms} */
  public int transforms() {
    return transforms;
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
   * {@return these settings with another value of {@link #transforms()}}
   *
   * @param transforms at least 1
   */
  public Maf withTransforms(int transforms) {
    return new Maf(transforms, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #hiddenFeatures()}}
   *
   * @param hiddenFeatures at least 1
   */
  public Maf withHiddenFeatures(int hiddenFeatures) {
    return new Maf(transforms, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #hiddenLayers()}}
   *
   * @param hiddenLayers at least 1
   */
  public Maf withHiddenLayers(int hiddenLayers) {
    return new Maf(transforms, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #activation()}}
   *
   * @param activation applied to each hidden value
   */
  public Maf withActivation(Activation activation) {
    return new Maf(transforms, hiddenFeatures, hiddenLayers, activation);
  }

  @Override
  public DensityNetwork build(
      int targets, int contexts, ParameterLayout layout, RandomGenerator random) {
    List<Transform> list = new ArrayList<>();
    for (int i = 0; i < transforms; i++) {
      String name = "transforms." + i;
      list.add(
          new AutoregressiveTransform(layout, name, targets, contexts, this, i % 2 == 1, random));
    }
    return new NormalizingFlow(targets, contexts, list);
  }

  @Override
  public String toString() {
    return "Maf[transforms="
        + transforms
        + ", hiddenFeatures="
        + hiddenFeatures
        + ", hiddenLayers="
        + hiddenLayers
        + ", activation="
        + activation
        + "]";
  }
}
