package io.github.sbi4j.flows.posterior;

/** Rejection kept so few draws of the prior that its budget was spent. */
public final class LowAcceptanceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final double acceptanceRate;

  LowAcceptanceException(long accepted, long drawn, int wanted) {
    super(
        "only "
            + accepted
            + " of "
            + drawn
            + " draws of the prior were kept (acceptance rate "
            + (double) accepted / drawn
            + "), "
            + wanted
            + " are wanted. Remedies: McmcPosterior, which does not depend on how narrow the posterior is; ImportancePosterior"
            + " with a learned posterior as proposal; or a larger budget by withProposalsPerDraw.");
    this.acceptanceRate = (double) accepted / drawn;
  }

  /** {@return the share of draws that were kept} */
  public double acceptanceRate() {
    return acceptanceRate;
  }
}
