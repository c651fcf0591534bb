package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.CauchyDistribution;

/**
 * The Cauchy distribution.
 *
 * <p>p(x) = 1 / (pi scale (1 + ((x - location) / scale)<sup>2</sup>)).
 */
public final class Cauchy extends ScalarDistribution implements LocationScale, Truncatable {
  private Cauchy(Expression location, Expression scale) {
    super(Interval.REAL, location, scale);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param location the centre of symmetry
   * @param scale half the width at half the height
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Cauchy of(Number location, Number scale) {
    return new Cauchy(Parameters.finite("location", location), Parameters.positive("scale", scale));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression score = value.minus(parameter(0)).div(parameter(1));
    return score.square().log1p().unaryMinus().minus(Math.log(Math.PI)).minus(parameter(1).log());
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return p[0] + p[1] * Math.tan(Math.PI * (random.nextDouble() - 0.5));
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
    CauchyDistribution all = CauchyDistribution.of(parameters[0], parameters[1]);
    double from = all.cumulativeProbability(low);
    double to = all.cumulativeProbability(high);
    return all.inverseCumulativeProbability(from + probability * (to - from));
  }

  private Expression cdf(Expression bound) {
    if (Interval.isInfinite(bound)) {
      return Expression.of(bound.values()[0] > 0 ? 1 : 0);
    }
    Expression score = bound.minus(parameter(0)).div(parameter(1));
    return score.atan().div(Math.PI).plus(0.5);
  }
}
