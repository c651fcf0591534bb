package io.github.sbi4j.flows.inference;

/**
 * Closed-form proposals: with Gaussian mixtures for the posterior and the proposals and a prior
 * that is Gaussian in unconstrained space, the normaliser of q(theta | x) p~(theta) / p(theta) is
 * known.
 *
 * <p>For an {@link io.github.sbi4j.flows.estimator.Mdn}, priors made of {@link
 * io.github.sbi4j.core.distribution.BoxUniform}, {@link
 * io.github.sbi4j.core.distribution.MultivariateNormal} and their one-dimensional kin, and
 * proposals that are posteriors of such an inference. No atoms have to be drawn, and every row has
 * the loss of its own round's proposal. Where products of components have no normaliser, because
 * they are wider than the prior, the row is skipped and counted; if that goes on, training goes on
 * with {@link Atomic}.
 *
 * <p>Greenberg, Nonnenmacher and Macke (2019), <a
 * href="https://arxiv.org/abs/1905.07488">arXiv:1905.07488</a>, SNPE-C without atoms.
 */
public final class NonAtomic implements ProposalCorrection {
  private static final NonAtomic DEFAULTS = new NonAtomic();

  private NonAtomic() {}

  /** {@return the settings; there is nothing to set} */
  public static NonAtomic defaults() {
    return DEFAULTS;
  }

  @Override
  public String toString() {
    return "NonAtomic[]";
  }
}
