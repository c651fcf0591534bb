package io.github.sbi4j.core.abc;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;

/**
 * What a sequence of populations gave.
 *
 * @param populations the populations, with falling tolerances; at least the first
 * @param stopReason why there are no more
 * @param simulations how many simulations were made, the failed ones and those of a pilot included
 * @param failed how many of them gave no observation
 */
public record SmcAbcResult(
    List<Population> populations, StopReason stopReason, int simulations, int failed) {

  /** Why a run ended. */
  public enum StopReason {
    /** The schedule has no smaller tolerance. */
    SCHEDULE_ENDED,
    /** The budget of simulations was spent. */
    BUDGET_SPENT,
    /** The calling thread was interrupted. */
    INTERRUPTED
  }

  /**
   * Copies the list.
   *
   * @param populations at least one population
   * @param stopReason why there are no more
   * @param simulations the number of simulations
   * @param failed how many of them failed
   */
  public SmcAbcResult {
    populations = List.copyOf(populations);
  }

  /** {@return the last population, the closest to the observation} */
  public Population last() {
    return populations.get(populations.size() - 1);
  }

  /** {@return the tolerance of the last population} */
  public double tolerance() {
    return last().tolerance();
  }

  /**
   * Draws of equal weights from the last population.
   *
   * @param count how many; more than it has particles repeat rows
   * @param seed the seed
   * @return rows of D parameters
   * @throws IllegalArgumentException if {@code count} is less than one
   */
  public Samples sample(int count, long seed) {
    return last().sample(count, seed);
  }
}
