package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;

/**
 * Amortised approximate likelihood ratios, also NRE-A: each observation once with its own
 * parameters and once with others, told apart by binary cross-entropy.
 *
 * <p>The loss of an observation is (softplus(-f<sub>own</sub>) + softplus(f<sub>other</sub>)) / 2;
 * it is least at f = log r. Hermans, Begy and Louppe (2020), <a
 * href="https://arxiv.org/abs/1903.04057">arXiv:1903.04057</a>.
 */
public final class Aalr implements RatioLoss {
  private static final Aalr DEFAULTS = new Aalr();

  private Aalr() {}

  /** {@return the loss, which has no settings} */
  public static Aalr defaults() {
    return DEFAULTS;
  }

  @Override
  public int atoms() {
    return 2;
  }

  @Override
  public Tensor of(Operations ops, Tensor logits) {
    return crossEntropy(ops, logits);
  }

  static Tensor crossEntropy(Operations ops, Tensor logits) {
    Tensor own = ops.softplus(ops.scale(ops.columns(logits, 0, 1), -1));
    Tensor other = ops.softplus(ops.columns(logits, 1, 2));
    return ops.scale(ops.add(own, other), 0.5);
  }

  @Override
  public String toString() {
    return "Aalr[]";
  }
}
