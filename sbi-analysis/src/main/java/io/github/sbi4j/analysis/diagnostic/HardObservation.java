package io.github.sbi4j.analysis.diagnostic;

/**
 * A data set whose posterior draws cannot be used. Checks leave it out and count it.
 *
 * <p>What is left out is decided by the data and by draws, not by the true parameters, so ranks of
 * the others are still uniform where the posterior is right; of those left out a check knows
 * nothing.
 *
 * @param row the row in the table of simulations
 * @param reason why the draws cannot be used
 * @param message what happened, with numbers
 */
public record HardObservation(int row, Reason reason, String message) {
  /** Why draws cannot be used. */
  public enum Reason {
    /** Drawing failed, or gave values that are not finite. */
    FAILED("drawing failed"),
    /** The time budget of the data set was spent. */
    TIME("out of time"),
    /** Chains disagree. */
    NOT_CONVERGED("chains did not converge"),
    /** Draws of chains depend too much on each other to be ranked among. */
    CORRELATED("draws too correlated"),
    /** Draws repeat each other, as those of weights that are worth few draws. */
    REPEATED("draws repeat");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** {@return the reason in words} */
    public String words() {
      return words;
    }
  }
}
