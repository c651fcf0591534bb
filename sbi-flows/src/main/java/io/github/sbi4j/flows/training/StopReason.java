package io.github.sbi4j.flows.training;

/** Why training ended. */
public enum StopReason {
  /** The validation loss had stopped improving. */
  CONVERGED,
  /** The maximum number of epochs was reached. */
  EPOCH_LIMIT,
  /** The time budget was spent. */
  TIME_BUDGET,
  /** The thread was interrupted. */
  INTERRUPTED,
  /** The loss stayed non-finite. */
  DIVERGED
}
