package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;
import org.apache.commons.statistics.distribution.TruncatedNormalDistribution;

/**
 * The normal distribution.
 *
 * <p>p(x) = exp(-((x - mean) / sd)<sup>2</sup> / 2) / (sd sqrt(2 pi)).
 */
public final class Normal extends ScalarDistribution implements LocationScale, Truncatable {
  private Normal(Expression mean, Expression sd) {
    super(Interval.REAL, mean, sd);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param mean the mean
   * @param sd the standard deviation, not the variance
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static Normal of(Number mean, Number sd) {
    return new Normal(Parameters.finite("mean", mean), Parameters.positive("sd", sd));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression score = value.minus(parameter(0)).div(parameter(1));
    return score.square().times(-0.5).minus(0.5 * Math.log(2 * Math.PI)).minus(parameter(1).log());
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return p[0] + p[1] * random.nextGaussian();
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
    Expression from = low.minus(parameter(0)).div(parameter(1));
    Expression to = high.minus(parameter(0)).div(parameter(1));
    if (Interval.isInfinite(low)) {
      return Interval.isInfinite(high) ? Expression.of(0) : to.logNormalCdf();
    }
    return Interval.isInfinite(high)
        ? from.unaryMinus().logNormalCdf()
        : NormalProbability.between(from, to);
  }

  @Override
  public double quantile(double[] parameters, double low, double high, double probability) {
    return TruncatedNormalDistribution.of(parameters[0], parameters[1], low, high)
        .inverseCumulativeProbability(probability);
  }
}
