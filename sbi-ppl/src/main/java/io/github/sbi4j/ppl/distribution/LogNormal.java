package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * The exponential of a normal variable.
 *
 * <p>p(x) = exp(-((log x - mu) / sigma)<sup>2</sup> / 2) / (x sigma sqrt(2 pi)) for x &gt; 0.
 */
public final class LogNormal extends ScalarDistribution implements LocationScale {
  private LogNormal(Expression mu, Expression sigma) {
    super(Interval.POSITIVE, mu, sigma);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param mu the mean of the logarithm
   * @param sigma the standard deviation of the logarithm
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static LogNormal of(Number mu, Number sigma) {
    return new LogNormal(Parameters.finite("mu", mu), Parameters.positive("sigma", sigma));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression log = value.log();
    return Normal.of(parameter(0), parameter(1)).logProb(log).minus(log);
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return Math.exp(p[0] + p[1] * random.nextGaussian());
  }

  @Override
  public Distribution standard() {
    return Normal.of(0, 1);
  }

  @Override
  public Expression fromStandard(Expression standard) {
    return standard.times(parameter(1)).plus(parameter(0)).exp();
  }
}
