package io.github.sbi4j.core.mcmc;

/** Why a run ended. */
public enum StopReason {
  /** All draws are there. */
  COMPLETED,
  /** The time budget was spent; {@link Chains} hold what was drawn till then. */
  TIME_BUDGET,
  /** The calling thread was interrupted; {@link Chains} hold what was drawn till then. */
  INTERRUPTED
}
