package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.sample.Samples;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A probability distribution over D real values; a prior is one.
 *
 * <p>A user's own prior implements {@link #dimension}, {@link #sample(RandomGenerator)} and {@link #logProb(double[])}, and {@link
 * #support} where it is bounded. Implementations are immutable and may be used from many threads.
 */
public interface Distribution {
  /** The number of values, D. */
  int dimension();

  /**
   * Draws once.
   *
   * @param random the source of chance
   * @return D values
   */
  double[] sample(RandomGenerator random);

  /**
   * The log of the density.
   *
   * @param value D values
   * @return log p(value), -Infinity outside the support, never NaN
   */
  double logProb(double[] value);

  /** The names of the values; {@code theta_1} to {@code theta_D} unless given by {@link #named}. */
  List<String> names();

  /** Where the density is positive; all of R^D unless overridden. */
  Support support();

  /** The mean of each value; estimated from seeded samples unless overridden. */
  double[] mean();

  /** The variance of each value; estimated from seeded samples unless overridden. */
  double[] variance();

  /** The map between the support and unconstrained space. */
  Bijection bijection();

  /** The same distribution with names for its values. */
  Distribution named(String... names);

  /**
   * Draws a table; row i uses the random stream (seed, i).
   *
   * @param count the number of rows
   * @param seed the seed
   */
  Samples sample(int count, long seed);
}
