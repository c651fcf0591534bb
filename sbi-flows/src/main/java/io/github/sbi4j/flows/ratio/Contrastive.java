package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;
import java.util.Arrays;

/**
 * Contrastive neural ratio estimation, also NRE-C: find the parameters that an observation was
 * simulated with among those of K simulations, or say that they are not among them.
 *
 * <p>With h(f<sub>1</sub>, ..., f<sub>K</sub>) = log(K + gamma sum<sub>k</sub>
 * e<sup>f<sub>k</sub></sup>) the loss of an observation is (h(K others) - log K + gamma (h(own and
 * K - 1 others) - log gamma - f<sub>own</sub>)) / (1 + gamma); it is least at f = log r. Miller,
 * Weniger and Forré (2022), <a href="https://arxiv.org/abs/2210.06170">arXiv:2210.06170</a>.
 */
public final class Contrastive implements RatioLoss {
  private static final Contrastive DEFAULTS = new Contrastive(5, 1);

  private final int classes;
  private final double gamma;

  private Contrastive(int classes, double gamma) {
    this.classes = Checks.atLeast("classes", classes, 1);
    this.gamma = Checks.positive("gamma", gamma);
  }

  /** {@return the default settings: 5 classes, gamma 1} */
  public static Contrastive defaults() {
    return DEFAULTS;
  }

  /** {@return the number of parameter rows to choose from, K} */
  public int classes() {
    return classes;
  }

  /** {@return the odds that the observation's own parameters are among them} */
  public double gamma() {
    return gamma;
  }

  /**
   * {@return these settings with another value of {@link #classes()}}
   *
   * @param classes at least 1
   */
  public Contrastive withClasses(int classes) {
    return new Contrastive(classes, gamma);
  }

  /**
   * {@return these settings with another value of {@link #gamma()}}
   *
   * @param gamma positive
   */
  public Contrastive withGamma(double gamma) {
    return new Contrastive(classes, gamma);
  }

  @Override
  public int atoms() {
    return classes + 1;
  }

  @Override
  public Tensor of(Operations ops, Tensor logits) {
    int k = logits.columns() - 1;
    double logK = Math.log(k);
    float[] none = new float[logits.rows()];
    Arrays.fill(none, (float) logK);
    Tensor rest = ops.constant(none, none.length, 1);
    Tensor weighted = ops.shift(logits, Math.log(gamma));
    Tensor without = ops.logSumExp(ops.concat(rest, ops.columns(weighted, 1, k + 1)));
    Tensor with = ops.logSumExp(ops.concat(rest, ops.columns(weighted, 0, k)));
    Tensor missed = ops.shift(without, -logK);
    Tensor found = ops.subtract(with, ops.columns(weighted, 0, 1));
    return ops.scale(ops.add(missed, ops.scale(found, gamma)), 1 / (1 + gamma));
  }

  @Override
  public String toString() {
    return "Contrastive[classes=" + classes + ", gamma=" + gamma + "]";
  }
}
