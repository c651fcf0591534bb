package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * The absolute value of a Cauchy variable with location zero.
 *
 * <p>p(x) = 2 / (pi scale (1 + (x / scale)<sup>2</sup>)) for x &gt; 0.
 */
public final class HalfCauchy extends ScalarDistribution {
  private HalfCauchy(Expression scale) {
    super(Interval.POSITIVE, scale);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param scale the scale, which is the median
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static HalfCauchy of(Number scale) {
    return new HalfCauchy(Parameters.positive("scale", scale));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression score = value.div(parameter(0));
    return score
        .square()
        .log1p()
        .unaryMinus()
        .plus(Math.log(2 / Math.PI))
        .minus(parameter(0).log());
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return p[0] * Math.abs(Math.tan(Math.PI * (random.nextDouble() - 0.5)));
  }
}
