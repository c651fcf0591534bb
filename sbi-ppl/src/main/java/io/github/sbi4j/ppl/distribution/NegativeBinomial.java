package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * The negative binomial distribution of counts, by its mean (Stan's {@code neg_binomial_2}).
 *
 * <p>P(k) = Gamma(k + phi) / (k! Gamma(phi)) (mean / (mean + phi))<sup>k</sup> (phi / (mean +
 * phi))<sup>phi</sup> with phi = concentration; the variance is mean + mean<sup>2</sup> / phi.
 */
public final class NegativeBinomial extends ScalarDistribution {
  private NegativeBinomial(Expression mean, Expression concentration) {
    super(Integers.COUNTS, mean, concentration);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param mean the mean
   * @param concentration phi, which is large where counts are like those of Poisson
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static NegativeBinomial of(Number mean, Number concentration) {
    return new NegativeBinomial(
        Parameters.positive("mean", mean), Parameters.positive("concentration", concentration));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression mean = parameter(0);
    Expression phi = parameter(1);
    Expression logSum = mean.plus(phi).log();
    return value
        .plus(phi)
        .logGamma()
        .minus(value.plus(1).logGamma())
        .plus(value.times(mean.log().minus(logSum)))
        .plus(phi.times(phi.log().minus(logSum)).minus(phi.logGamma()));
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    return Poisson.draw(Gamma.draw(p[1], p[1] / p[0], random), random);
  }
}
