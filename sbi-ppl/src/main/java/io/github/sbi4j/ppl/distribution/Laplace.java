package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.LaplaceDistribution;

/**
 * The Laplace, or double exponential, distribution.
 *
 * <p>p(x) = exp(-|x - location| / scale) / (2 scale).
 */
public final class Laplace extends ScalarDistribution implements LocationScale, Truncatable {
  private Laplace(Expression location, Expression scale) {
    super(Interval.REAL, location, scale);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param location the centre of symmetry
   * @param scale the mean distance from it
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Laplace of(Number location, Number scale) {
    return new Laplace(
        Parameters.finite("location", location), Parameters.positive("scale", scale));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression score = value.minus(parameter(0)).div(parameter(1)).abs();
    return score.unaryMinus().minus(Math.log(2)).minus(parameter(1).log());
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    double distance = p[1] * random.nextExponential();
    return random.nextBoolean() ? p[0] + distance : p[0] - distance;
  }

  @Override
  public Distribution standard() {
    return of(0, 1);
  }

  @Override
  public Expression fromStandard(Expression standard) {
    return standard.times(parameter(1)).plus(parameter(0));
  }

  @Override
  public Expression logProbability(Expression low, Expression high) {
    return cdf(high).minus(cdf(low)).log();
  }

  @Override
  public double quantile(double[] parameters, double low, double high, double probability) {
    LaplaceDistribution all = LaplaceDistribution.of(parameters[0], parameters[1]);
    double from = all.cumulativeProbability(low);
    double to = all.cumulativeProbability(high);
    return all.inverseCumulativeProbability(from + probability * (to - from));
  }

  private Expression cdf(Expression bound) {
    if (Interval.isInfinite(bound)) {
      return Expression.of(bound.values()[0] > 0 ? 1 : 0);
    }
    Expression score = bound.minus(parameter(0)).div(parameter(1));
    Expression tail = score.abs().unaryMinus().exp().div(2);
    return Expression.where(score, Expression.of(1).minus(tail), tail);
  }
}
