package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * The exponential distribution.
 *
 * <p>p(x) = rate exp(-rate x) for x &gt; 0; the mean is 1 / rate.
 */
public final class Exponential extends ScalarDistribution implements Truncatable {
  private Exponential(Expression rate) {
    super(Interval.POSITIVE, rate);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param rate the rate, one over the mean
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Exponential of(Number rate) {
    return new Exponential(Parameters.positive("rate", rate));
  }

  @Override
  public Expression logProb(Expression value) {
    return parameter(0).log().minus(value.times(parameter(0)));
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return random.nextExponential() / p[0];
  }

  @Override
  public Expression logProbability(Expression low, Expression high) {
    Expression beyond = parameter(0).times(low.max(0)).unaryMinus();
    return Interval.isInfinite(high)
        ? beyond
        : beyond.plus(parameter(0).times(low.max(0).minus(high)).log1mExp());
  }

  @Override
  public double quantile(double[] parameters, double low, double high, double probability) {
    double from = Math.max(low, 0);
    double all = -Math.expm1(parameters[0] * (from - high));
    return from - Math.log1p(-probability * all) / parameters[0];
  }
}
