package io.github.sbi4j.core.distribution;

import org.apache.commons.statistics.distribution.UniformContinuousDistribution;

/**
 * The uniform distribution between two bounds.
 *
 * <p>p(x) = 1 / (high - low) for low &lt; x &lt; high. For several values see {@link BoxUniform}.
 */
public final class Uniform extends Univariate {
  private Uniform(double low, double high) {
    super(
        "Uniform(low=" + low + ", high=" + high + ")",
        UniformContinuousDistribution.of(low, high),
        low,
        high);
  }

  /**
   * The uniform distribution on (low, high).
   *
   * @param low the lower bound
   * @param high the upper bound
   * @return the distribution
   * @throws IllegalArgumentException if a bound is not finite or {@code low} is not below {@code
   *     high}
   */
  public static Uniform of(double low, double high) {
    Checks.finite("low", low);
    Checks.finite("high", high);
    Support.box(new double[] {low}, new double[] {high});
    return new Uniform(low, high);
  }

  @Override
  double logDensitySlope(double x) {
    return 0;
  }
}
