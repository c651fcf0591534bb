package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * The inverse of a gamma variable.
 *
 * <p>p(x) = scale<sup>shape</sup> x<sup>-shape - 1</sup> exp(-scale / x) / Gamma(shape) for x &gt;
 * 0.
 */
public final class InverseGamma extends ScalarDistribution {
  private InverseGamma(Expression shape, Expression scale) {
    super(Interval.POSITIVE, shape, scale);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param shape the shape
   * @param scale the scale, the rate of the gamma variable
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static InverseGamma of(Number shape, Number scale) {
    return new InverseGamma(
        Parameters.positive("shape", shape), Parameters.positive("scale", scale));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression shape = parameter(0);
    Expression scale = parameter(1);
    return shape
        .times(scale.log())
        .minus(shape.logGamma())
        .minus(shape.plus(1).times(value.log()))
        .minus(scale.div(value));
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return 1 / Gamma.draw(p[0], p[1], random);
  }
}
