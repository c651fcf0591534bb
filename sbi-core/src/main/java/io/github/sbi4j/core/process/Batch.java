package io.github.sbi4j.core.process;

import io.github.sbi4j.core.simulation.BatchException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Rows to simulate, each with its seed, and what they gave. */
final class Batch {
  /** Such seeds are exact also where all numbers are doubles. */
  private static final int SEED_BITS = 53;

  private final double[][] parameters;
  private final long[] seeds;
  private final double[] @Nullable [] results;
  private final @Nullable Exception[] errors;
  private boolean failed;

  Batch(double[][] parameters, RandomGenerator[] random) {
    this.parameters = parameters;
    this.seeds = new long[parameters.length];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = seed(random[i]);
    }
    this.results = new double[parameters.length][];
    this.errors = new Exception[parameters.length];
  }

  /** The seed of a program, in [0, 2^53): the first number of the row's stream. */
  static long seed(RandomGenerator random) {
    return random.nextLong() >>> (Long.SIZE - SEED_BITS);
  }

  int size() {
    return seeds.length;
  }

  double[] parameters(int row) {
    return parameters[row];
  }

  long seed(int row) {
    return seeds[row];
  }

  void put(int row, double[] result) {
    results[row] = result;
  }

  void fail(int row, Exception error) {
    errors[row] = error;
    failed = true;
  }

  /** The results if all rows have one. */
  double[][] results() throws BatchException {
    if (failed) {
      throw new BatchException(results, errors);
    }
    return results;
  }
}
