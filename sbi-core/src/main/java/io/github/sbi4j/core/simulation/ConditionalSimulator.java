package io.github.sbi4j.core.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A stochastic model of an experiment whose trials differ in known conditions: a stimulus, a dose,
 * a design. It is called from many threads at once.
 *
 * <p>Conditions are not inferred: a likelihood learned from such simulations, p(x | theta, c), is
 * given those of each trial.
 */
@FunctionalInterface
public interface ConditionalSimulator {
  /**
   * Simulates one trial.
   *
   * @param parameters the D parameters; a copy that the simulator may change
   * @param condition the K conditions of the trial; a copy that the simulator may change
   * @param random the random stream of this row, the only source of chance it may use
   * @return the L observed values, copied by the caller; a non-finite value marks the row as
   *     invalid
   * @throws Exception if the simulation fails; it costs this row and not the run
   */
  double[] simulate(double[] parameters, double[] condition, RandomGenerator random)
      throws Exception;

  /**
   * {@return the simulator of trials that are all done under the same conditions}
   *
   * @param condition K values
   */
  default Simulator under(double... condition) {
    double[] fixed = condition.clone();
    return (parameters, random) -> simulate(parameters, fixed.clone(), random);
  }

  /**
   * {@return the simulator that takes parameters and conditions in one vector}
   *
   * @param count the number of parameters, D; the values after them are conditions
   */
  default Simulator joined(int count) {
    return (inputs, random) ->
        simulate(
            Arrays.copyOf(inputs, count), Arrays.copyOfRange(inputs, count, inputs.length), random);
  }
}
