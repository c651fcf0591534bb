package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;

/**
 * The gamma distribution.
 *
 * <p>p(x) = rate<sup>shape</sup> x<sup>shape - 1</sup> exp(-rate x) / Gamma(shape) for x &gt; 0;
 * the mean is shape / rate.
 */
public final class Gamma extends ScalarDistribution {
  private Gamma(Expression shape, Expression rate) {
    super(Interval.POSITIVE, shape, rate);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param shape the shape
   * @param rate the rate, one over the scale
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Gamma of(Number shape, Number rate) {
    return new Gamma(Parameters.positive("shape", shape), Parameters.positive("rate", rate));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression shape = parameter(0);
    Expression rate = parameter(1);
    return shape
        .minus(1)
        .times(value.log())
        .minus(value.times(rate))
        .plus(shape.times(rate.log()).minus(shape.logGamma()));
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return draw(p[0], p[1], random);
  }

  static double draw(double shape, double rate, RandomGenerator random) {
    return AhrensDieterMarsagliaTsangGammaSampler.of(random::nextLong, shape, 1 / rate).sample();
  }
}
