package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * The uniform distribution.
 *
 * <p>p(x) = 1 / (high - low) for low &lt; x &lt; high.
 */
public final class Uniform extends ScalarDistribution {
  private Uniform(Expression low, Expression high) {
    super(new Interval(low, high), low, high);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param low the lower bound
   * @param high the upper bound, greater than the lower
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Uniform of(Number low, Number high) {
    return new Uniform(Parameters.finite("low", low), Parameters.finite("high", high));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression density = parameter(1).minus(parameter(0)).log().unaryMinus();
    return ((Interval) support()).indicator(value).plus(density);
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return p[0] + (p[1] - p[0]) * random.nextDouble();
  }
}
