package io.github.sbi4j.flows.posterior;

/**
 * Too few draws of a learned density fall inside the prior, so that rejection would take too long.
 */
public final class LeakageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final double acceptanceRate;

  LeakageException(long accepted, long drawn, int wanted) {
    super(
        "only "
            + accepted
            + " of "
            + drawn
            + " draws fell inside the prior (acceptance rate "
            + (double) accepted / drawn
            + "), "
            + wanted
            + " are wanted. Remedies: train in unconstrained space (SNPE.unconstrained(true), the default), which has no"
            + " mass outside the prior; simulate more; or check that the observation is one the simulator can give.");
    this.acceptanceRate = (double) accepted / drawn;
  }

  /** {@return the share of draws inside the prior} */
  public double acceptanceRate() {
    return acceptanceRate;
  }
}
