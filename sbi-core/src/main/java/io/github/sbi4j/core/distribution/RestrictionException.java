package io.github.sbi4j.core.distribution;

/** So few draws of a prior lie in a region that the budget for finding them was spent. */
public final class RestrictionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final double acceptanceRate;

  RestrictionException(String source, long inside, long drawn, long wanted) {
    super(
        "only "
            + inside
            + " of "
            + drawn
            + " draws of "
            + source
            + " lie in the region (acceptance rate "
            + (double) inside / drawn
            + "), "
            + wanted
            + " are wanted. Remedies: a wider region; resampledFrom with a distribution that is near to the region, such as"
            + " the posterior that it was made of; or a larger budget by withProposalsPerDraw.");
    this.acceptanceRate = (double) inside / drawn;
  }

  /** {@return the share of draws that lay in the region} */
  public double acceptanceRate() {
    return acceptanceRate;
  }
}
