package io.github.sbi4j.flows.inference;

/**
 * Division after training: a Gaussian mixture is fitted to the last round's simulations as they
 * are, and what the proposal did to it is divided out, q(theta | x) p(theta) / p~(theta).
 *
 * <p>For an {@link io.github.sbi4j.flows.estimator.Mdn} and priors that are Gaussian in
 * unconstrained space. The proposal has to be a single Gaussian, so that all rounds but the last
 * are trained with {@code Mdn.defaults().withComponents(1)}. Only the last round's simulations are
 * learned from. Where a component is wider than the proposal in some direction, nothing was learned
 * there, and the prior stands in its place.
 *
 * <p>Papamakarios and Murray (2016), <a
 * href="https://arxiv.org/abs/1605.06376">arXiv:1605.06376</a>, called SNPE-A.
 */
public final class PostHoc implements ProposalCorrection {
  private static final PostHoc DEFAULTS = new PostHoc();

  private PostHoc() {}

  /** {@return the settings; there is nothing to set} */
  public static PostHoc defaults() {
    return DEFAULTS;
  }

  @Override
  public String toString() {
    return "PostHoc[]";
  }
}
