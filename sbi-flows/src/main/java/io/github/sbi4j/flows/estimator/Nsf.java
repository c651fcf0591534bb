package io.github.sbi4j.flows.estimator;

import io.github.sbi4j.flows.tensor.Activation;
import io.github.sbi4j.flows.tensor.ParameterLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A neural spline flow: an affine transform given the context, then rational-quadratic spline
 * couplings.
 *
 * <p>Durkan, Bekasov, Murray and Papamakarios (2019), <a
 * href="https://arxiv.org/abs/1906.04032">arXiv:1906.04032</a>. The affine transform moves the
 * conditional density into the splines' interval, so that a posterior much narrower than the prior
 * costs no accuracy. One value is served too: its splines depend on the context alone.
 */
public final class Nsf implements DensityEstimator {
  private static final Nsf DEFAULTS = new Nsf(5, 10, 4, 50, 2, Activation.RELU);

  private final int transforms;
  private final int bins;
  private final double bound;
  private final int hiddenFeatures;
  private final int hiddenLayers;
  private final Activation activation;

  private Nsf(
      int transforms,
      int bins,
      double bound,
      int hiddenFeatures,
      int hiddenLayers,
      Activation activation) {
    this.transforms = Checks.atLeast("transforms", transforms, 1);
    this.bins = Checks.atLeast("bins", bins, 2);
    this.bound = Checks.positive("bound", bound);
    this.hiddenFeatures = Checks.atLeast("hiddenFeatures", hiddenFeatures, 1);
    this.hiddenLayers = Checks.atLeast("hiddenLayers", hiddenLayers, 1);
    this.activation = activation;
  }

  /** {@return the default settings} */
  public static Nsf defaults() {
    return DEFAULTS;
  }

  /** {@return the number of spline transforms} */
  public int transforms() {
    return transforms;
  }

  /** {@return the number of bins of each spline} */
  public int bins() {
    return bins;
  }

  /** {@return half the width of the interval on which the splines act, in standard deviations} */
  public double bound() {
    return bound;
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
  public Nsf withTransforms(int transforms) {
    return new Nsf(transforms, bins, bound, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #bins()}}
   *
   * @param bins at least 2
   */
  public Nsf withBins(int bins) {
    return new Nsf(transforms, bins, bound, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #bound()}}
   *
   * @param bound positive
   */
  public Nsf withBound(double bound) {
    return new Nsf(transforms, bins, bound, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #hiddenFeatures()}}
   *
   * @param hiddenFeatures at least 1
   */
  public Nsf withHiddenFeatures(int hiddenFeatures) {
    return new Nsf(transforms, bins, bound, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #hiddenLayers()}}
   *
   * @param hiddenLayers at least 1
   */
  public Nsf withHiddenLayers(int hiddenLayers) {
    return new Nsf(transforms, bins, bound, hiddenFeatures, hiddenLayers, activation);
  }

  /**
   * {@return these settings with another value of {@link #activation()}}
   *
   * @param activation applied to each hidden value
   */
  public Nsf withActivation(Activation activation) {
    return new Nsf(transforms, bins, bound, hiddenFeatures, hiddenLayers, activation);
  }

  @Override
  public DensityNetwork build(
      int targets, int contexts, ParameterLayout layout, RandomGenerator random) {
    List<Transform> list = new ArrayList<>();
    list.add(new ConditionalAffine(layout, "affine", targets, contexts, this, random));
    boolean[] transformed = new boolean[targets];
    for (int i = 0; i < transforms; i++) {
      transformed = i % 2 == 0 ? Masks.byBit(targets, i / 2) : Masks.complement(transformed);
      String name = "transforms." + i;
      list.add(new SplineCoupling(layout, name, transformed, contexts, this, random));
    }
    return new NormalizingFlow(targets, contexts, list);
  }

  @Override
  public String toString() {
    return "Nsf[transforms="
        + transforms
        + ", bins="
        + bins
        + ", bound="
        + bound
        + ", hiddenFeatures="
        + hiddenFeatures
        + ", hiddenLayers="
        + hiddenLayers
        + ", activation="
        + activation
        + "]";
  }
}
