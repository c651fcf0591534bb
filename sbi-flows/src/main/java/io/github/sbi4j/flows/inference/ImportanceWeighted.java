package io.github.sbi4j.flows.inference;

/**
 * Importance weights: each row's loss counts p(theta) / p~(theta), p~ being the mixture of the
 * prior and all proposals in the shares of their rows.
 *
 * <p>Any estimator can be trained so, on all rows. Every proposal's density has to be normalised,
 * and where the posterior is far narrower than the prior few rows carry most of the weight: the
 * report says how many rows the weights are worth.
 *
 * <p>Lueckmann et al. (2017), <a href="https://arxiv.org/abs/1711.01861">arXiv:1711.01861</a>,
 * called SNPE-B.
 */
public final class ImportanceWeighted implements ProposalCorrection {
  private static final ImportanceWeighted DEFAULTS = new ImportanceWeighted();

  private ImportanceWeighted() {}

  /** {@return the settings; there is nothing to set} */
  public static ImportanceWeighted defaults() {
    return DEFAULTS;
  }

  @Override
  public String toString() {
    return "ImportanceWeighted[]";
  }
}
