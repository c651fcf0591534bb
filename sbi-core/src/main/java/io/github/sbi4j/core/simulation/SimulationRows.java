package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a run: which are next, what goes into the simulator, and where what comes out is put.
 * For tables that are kept elsewhere than in memory, in a {@linkplain
 * io.github.sbi4j.core.campaign.Campaign campaign} say.
 *
 * <p>It is asked from many threads at once. Each row is given to one of them, which puts it or
 * fails it once; or never, if the run is interrupted.
 */
public interface SimulationRows {
  /** {@return the number of rows that nobody has taken yet; an estimate will do} */
  int left();

  /**
   * The next rows to simulate.
   *
   * @param most the largest number of rows wanted, at least 1
   * @return rows that nobody else gets, or null when there are none
   */
  @Nullable RowSpan take(int most);

  /**
   * {@return the D parameters of a row, a copy}
   *
   * @param row a row that was taken
   */
  double[] parameters(int row);

  /**
   * Records what the simulator returned.
   *
   * @param row a row that was taken
   * @param observation the L observed values, to be copied; anything that a simulator may return
   */
  void put(int row, double @Nullable [] observation);

  /**
   * Records that a row gave nothing.
   *
   * @param row a row that was taken
   * @param kind what happened
   * @param message what happened, in words
   * @param cause what the simulator threw, if it threw
   */
  void fail(int row, Kind kind, String message, @Nullable Throwable cause);

  /** {@return the number of rows that this run failed so far} */
  int failureCount();

  /** {@return a failure of this run, to show; null if there is none} */
  @Nullable SimulationFailure firstFailure();

  /**
   * Simulates these rows, on the threads of the settings; row i uses the random stream (seed, i).
   *
   * @param simulator the simulator
   * @param seed the seed of the run
   * @param settings threads, time-out, progress
   * @return whether all rows were simulated; false if the thread was interrupted, whose flag is set
   * @throws SimulationException if the virtual machine fails, too many rows hang, or a row cannot
   *     be put
   */
  default boolean simulate(Simulator simulator, long seed, SimulationSettings settings) {
    return !new SimulationRun(simulator, this, seed, settings).run();
  }
}
