package io.github.sbi4j.flows.ratio;

import io.github.sbi4j.flows.tensor.Operations;
import io.github.sbi4j.flows.tensor.Tensor;

/**
 * The contrastive loss of sequential ratio estimation, also NRE-B, the default: find the parameters
 * that an observation was simulated with among those of K simulations.
 *
 * <p>The loss of an observation is log sum<sub>k</sub> e<sup>f<sub>k</sub></sup> - f<sub>own</sub>.
 * It is least at f = log r(theta, x) + c(x) with any c: enough for posteriors, whose normaliser c
 * joins, not for ratios of evidence. Durkan, Murray and Papamakarios (2020), <a
 * href="https://arxiv.org/abs/2002.03712">arXiv:2002.03712</a>.
 */
public final class Sre implements RatioLoss {
  private static final Sre DEFAULTS = new Sre(10);

  private final int atoms;

  private Sre(int atoms) {
    this.atoms = Checks.atLeast("atoms", atoms, 2);
  }

  /** {@return the default settings: 10 parameter rows} */
  public static Sre defaults() {
    return DEFAULTS;
  }

  @Override
  public int atoms() {
    return atoms;
  }

  /**
   * {@return these settings with another value of {@link #atoms()}}
   *
   * @param atoms at least 2
   */
  public Sre withAtoms(int atoms) {
    return new Sre(atoms);
  }

  @Override
  public Tensor of(Operations ops, Tensor logits) {
    return ops.subtract(ops.logSumExp(logits), ops.columns(logits, 0, 1));
  }

  @Override
  public String toString() {
    return "Sre[atoms=" + atoms + "]";
  }
}
