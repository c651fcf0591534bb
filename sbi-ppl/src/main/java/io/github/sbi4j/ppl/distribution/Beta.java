package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * The beta distribution.
 *
 * <p>p(x) = x<sup>alpha - 1</sup> (1 - x)<sup>beta - 1</sup> / B(alpha, beta) for 0 &lt; x &lt; 1.
 */
public final class Beta extends ScalarDistribution {
  private Beta(Expression alpha, Expression beta) {
    super(Interval.UNIT, alpha, beta);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param alpha the first shape
   * @param beta the second shape
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Beta of(Number alpha, Number beta) {
    return new Beta(Parameters.positive("alpha", alpha), Parameters.positive("beta", beta));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression alpha = parameter(0);
    Expression beta = parameter(1);
    return alpha
        .minus(1)
        .times(value.log())
        .plus(beta.minus(1).times(value.log1m()))
        .plus(alpha.plus(beta).logGamma().minus(alpha.logGamma()).minus(beta.logGamma()));
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    double a = Gamma.draw(p[0], 1, random);
    return a / (a + Gamma.draw(p[1], 1, random));
  }
}
