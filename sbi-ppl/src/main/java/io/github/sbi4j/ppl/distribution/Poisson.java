package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/**
 * The Poisson distribution of counts.
 *
 * <p>P(k) = rate<sup>k</sup> exp(-rate) / k! for k = 0, 1, ...
 */
public final class Poisson extends ScalarDistribution {
  private Poisson(Expression rate) {
    super(Integers.COUNTS, rate);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param rate the mean
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Poisson of(Number rate) {
    return new Poisson(Parameters.positive("rate", rate));
  }

  @Override
  public Expression logProb(Expression value) {
    return value.times(parameter(0).log()).minus(parameter(0)).minus(value.plus(1).logGamma());
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return draw(p[0], random);
  }

  static double draw(double rate, RandomGenerator random) {
    return rate > 0 ? PoissonSampler.of(random::nextLong, rate).sample() : 0;
  }
}
