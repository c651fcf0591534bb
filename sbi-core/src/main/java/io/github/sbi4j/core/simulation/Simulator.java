package io.github.sbi4j.core.simulation;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A stochastic model: turns one vector of parameters into one vector of observed values.
 *
 * <p>It is called from many threads at once; one that cannot stand this is run with {@link
 * SimulationSettings#withThreads(int) one thread}, or once for each thread by {@link #perThread}.
 */
@FunctionalInterface
public interface Simulator {
  /**
   * Simulates once.
   *
   * @param parameters the D parameters; a copy that the simulator may change
   * @param random the random stream of this row, the only source of chance it may use
   * @return the L observed values, copied by the caller; a non-finite value marks the row as
   *     invalid
   * @throws Exception if the simulation fails; it costs this row and not the run
   */
  double[] simulate(double[] parameters, RandomGenerator random) throws Exception;

  /**
   * A simulator for models with state: each thread that simulates has one for itself meanwhile.
   *
   * @param factory makes a new simulator; called from many threads
   * @return the simulator, to be closed if those of the factory are {@link AutoCloseable}
   */
  static PerThreadSimulator perThread(Supplier<? extends Simulator> factory) {
    return new PerThreadSimulator(factory);
  }
}
