package io.github.sbi4j.core.simulation;

import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * A simulator that is faster when it does many rows in one call.
 *
 * <p>Row i of a batch may take its chance from {@code random[i]} only, so that the result does not
 * depend on how rows are batched. Written as a lambda it needs its type named: {@code
 * BatchSimulator model = (parameters, random) -> ...}.
 */
@FunctionalInterface
public interface BatchSimulator extends Simulator {
  /**
   * Simulates B rows.
   *
   * @param parameters B rows of D parameters; copies that the simulator may change
   * @param random the B random streams of the rows
   * @return B rows of L observed values, copied by the caller
   * @throws BatchException if some rows failed, with the results of the others
   * @throws Exception if the batch fails; its rows are then simulated one by one, so that only the
   *     bad ones are lost
   */
  double[][] simulateBatch(double[][] parameters, RandomGenerator[] random) throws Exception;

  /** {@return the most rows that a batch should have now; the size of chunks is another limit} */
  default int maxBatchSize() {
    return Integer.MAX_VALUE;
  }

  /** Simulates a batch of one. */
  @Override
  default double[] simulate(double[] parameters, RandomGenerator random) throws Exception {
    double[][] result;
    try {
      result = simulateBatch(new double[][] {parameters}, new RandomGenerator[] {random});
    } catch (BatchException e) {
      if (e.size() == 1 && e.cause(0) instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
    if (result == null || result.length != 1) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "the batch simulator returned %s for a batch of 1; expected one row for each row of parameters",
              result == null ? "null" : result.length + " rows"));
    }
    return result[0];
  }
}
