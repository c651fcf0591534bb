package io.github.sbi4j.core.distribution;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A probability distribution over D real values; a prior is one.
 *
 * <p>A user's own prior implements {@link #dimension}, {@link #sample(RandomGenerator)} and {@link
 * #logProb(double[])}, and {@link #support} where it is bounded. Implementations are immutable and
 * may be used from many threads.
 */
public interface Distribution extends Proposal {
  /** {@return the number of values, D} */
  @Override
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
   * @throws IllegalArgumentException if {@code value} does not have D numbers
   */
  double logProb(double[] value);

  /**
   * {@return the log-density at each of N rows, -Infinity outside the support}
   *
   * @param values N x D
   */
  @Override
  default double[] logProb(double[][] values) {
    return Arrays.stream(values).mapToDouble(this::logProb).toArray();
  }

  /**
   * The gradient of the log-density, which gradient-based samplers need.
   *
   * @param value a point inside the support, D values
   * @return d log p(value) / d value<sub>d</sub>, D values; the built-in distributions give it in
   *     closed form, others by central differences (2 D calls of {@link #logProb(double[])}, about
   *     ten digits) unless overridden
   * @throws IllegalArgumentException if {@code value} does not have D numbers or lies outside the
   *     support
   */
  default double[] logProbGradient(double[] value) {
    return Differences.logProbGradient(this, value);
  }

  /**
   * The names of the values.
   *
   * @return D names; {@code theta_1} to {@code theta_D} unless given by {@link #named}
   */
  @Override
  default List<String> names() {
    return Names.defaults(dimension());
  }

  /**
   * Where the density is positive.
   *
   * @return an open box; all of R<sup>D</sup> unless overridden
   */
  default Support support() {
    return Support.real(dimension());
  }

  /**
   * The mean of each value.
   *
   * @return D means; estimated from 10 000 seeded samples at each call unless overridden
   */
  default double[] mean() {
    return SampleMoments.mean(this);
  }

  /**
   * The variance of each value.
   *
   * @return D variances; estimated from 10 000 seeded samples at each call unless overridden
   */
  default double[] variance() {
    return SampleMoments.variance(this);
  }

  /**
   * The map between the support and unconstrained space.
   *
   * @return the bijection of {@link #support} unless overridden; hold on to it in a loop
   */
  default Bijection bijection() {
    return support().bijection();
  }

  /**
   * The same distribution with names for its values.
   *
   * @param names D names, none blank and no two the same
   * @return a view of this distribution
   * @throws IllegalArgumentException if the names are not D distinct ones
   */
  default Distribution named(String... names) {
    return new NamedDistribution(this, List.of(names));
  }

  /**
   * The same distribution, held to its promises; what uses a distribution that it did not make uses
   * this view of it.
   *
   * <p>The density outside the support and at NaN is zero whatever {@link #logProb} says of it. A
   * draw that is NaN or has the wrong length, and a log-density inside the support that is NaN or
   * +Infinity, are an IllegalStateException that shows it.
   *
   * @return a view of this distribution
   */
  default Distribution checked() {
    return new CheckedDistribution(this);
  }

  /**
   * The distribution behind the views that {@link #named} and {@link #checked} give.
   *
   * @return what was named or checked; this distribution if it is no such view
   */
  default Distribution unwrapped() {
    return this;
  }

  /**
   * Draws a table; row i uses the random stream (seed, i), so a longer table begins with the rows
   * of a shorter one.
   *
   * @param count the number of rows, N
   * @param seed the seed
   * @return N rows of D values
   * @throws IllegalArgumentException if {@code count} is negative
   * @throws IllegalStateException if a draw is NaN or does not have D values
   */
  @Override
  default Samples sample(int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("count is " + count + ", expected zero or more rows");
    }
    Distribution checked = checked();
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = checked.sample(RandomStreams.of(seed, i));
    }
    return Samples.copyOf(names(), rows);
  }
}
