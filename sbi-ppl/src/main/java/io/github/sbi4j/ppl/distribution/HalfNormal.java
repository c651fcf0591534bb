package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * The absolute value of a normal variable with mean zero.
 *
 * <p>p(x) = sqrt(2 / pi) exp(-(x / scale)<sup>2</sup> / 2) / scale for x &gt; 0.
 */
public final class HalfNormal extends ScalarDistribution {
  private HalfNormal(Expression scale) {
    super(Interval.POSITIVE, scale);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param scale the scale, the standard deviation of the normal variable
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static HalfNormal of(Number scale) {
    return new HalfNormal(Parameters.positive("scale", scale));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression score = value.div(parameter(0));
    return score.square().times(-0.5).plus(0.5 * Math.log(2 / Math.PI)).minus(parameter(0).log());
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return Math.abs(p[0] * random.nextGaussian());
  }
}
