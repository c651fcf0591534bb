package io.github.sbi4j.core.simulation;

import io.github.sbi4j.core.distribution.Proposal;
import io.github.sbi4j.core.sample.Samples;
import java.util.Objects;

/**
 * Who simulates the rows of a run: the threads of this machine, or a cluster.
 *
 * <p>Whoever it is, row i uses the random stream (seed, i), and failures are rows of the table: all
 * runners give equal tables.
 */
@FunctionalInterface
public interface SimulationRunner {
  /**
   * Simulates each row of a table of parameters.
   *
   * @param simulator the simulator
   * @param parameters N rows of D finite parameters
   * @param seed the seed of the run
   * @return the N simulations
   * @throws IllegalArgumentException if there are no rows or a parameter is not finite
   * @throws IllegalStateException if no row gives a valid observation, or the run cannot go on; in
   *     most cases it is a {@link SimulationException}
   * @throws java.util.concurrent.CancellationException if it is interrupted before a row gives a
   *     valid observation
   */
  Simulations run(Simulator simulator, Samples parameters, long seed);

  /**
   * Draws parameters from a prior, or a posterior given an observation, here, and simulates each.
   * The table remembers where they come from.
   *
   * @param simulator the simulator
   * @param proposal where the parameters come from
   * @param count the number of simulations, N
   * @param seed the seed of the run
   * @return the N simulations
   * @throws IllegalArgumentException if the count is not positive
   * @throws IllegalStateException if no row gives a valid observation, or the run cannot go on
   * @throws java.util.concurrent.CancellationException if it is interrupted before a row gives a
   *     valid observation
   */
  default Simulations run(Simulator simulator, Proposal proposal, int count, long seed) {
    Tables.requireCount(count);
    Samples parameters = proposal.sample(count, Simulations.parameterSeed(seed));
    return run(simulator, parameters, seed).proposedBy(proposal);
  }

  /** {@return the threads of this machine, one for each core} */
  static SimulationRunner local() {
    return local(SimulationSettings.defaults());
  }

  /**
   * The threads of this machine.
   *
   * @param settings threads, time-out, progress
   * @return the runner
   */
  static SimulationRunner local(SimulationSettings settings) {
    Objects.requireNonNull(settings, "settings");
    return (simulator, parameters, seed) -> Simulations.run(simulator, parameters, seed, settings);
  }
}
