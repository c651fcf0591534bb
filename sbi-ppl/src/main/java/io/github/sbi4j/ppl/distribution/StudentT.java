package io.github.sbi4j.ppl.distribution;

import io.github.sbi4j.ppl.expression.Expression;
import java.util.random.RandomGenerator;

/**
 * Student's t distribution.
 *
 * <p>p(x) is proportional to (1 + ((x - location) / scale)<sup>2</sup> / df)<sup>-(df + 1) /
 * 2</sup>.
 */
public final class StudentT extends ScalarDistribution implements LocationScale {
  private StudentT(Expression df, Expression location, Expression scale) {
    super(Interval.REAL, df, location, scale);
  }

  /**
   * The distribution with parameters that are numbers or expressions.
   *
   * @param df the degrees of freedom
   * @param location the centre of symmetry
   * @param scale the scale, not the standard deviation
   * @return the distribution
   * @throws IllegalArgumentException if a known parameter is out of its range
   */
  public static StudentT of(Number df, Number location, Number scale) {
    return new StudentT(
        Parameters.positive("df", df),
        Parameters.finite("location", location),
        Parameters.positive("scale", scale));
  }

  @Override
  public Expression logProb(Expression value) {
    Expression df = parameter(0);
    Expression score = value.minus(parameter(1)).div(parameter(2));
    Expression half = df.plus(1).div(2);
    Expression peak =
        half.logGamma().minus(df.div(2).logGamma()).minus(df.times(Math.PI).log().div(2));
    return peak.minus(parameter(2).log()).minus(half.times(score.square().div(df).log1p()));
  }

  @Override
  double draw(double[] p, RandomGenerator random) {
    double chiSquare = 2 * Gamma.draw(p[0] / 2, 1, random);
    return p[1] + p[2] * random.nextGaussian() * Math.sqrt(p[0] / chiSquare);
  }

  @Override
  public Distribution standard() {
    return of(parameter(0), 0, 1);
  }

  @Override
  public Expression fromStandard(Expression standard) {
    return standard.times(parameter(2)).plus(parameter(1));
  }
}
