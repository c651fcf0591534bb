package io.github.sbi4j.core.distribution;

import org.apache.commons.statistics.distribution.ExponentialDistribution;

/**
 * The exponential distribution.
 *
 * <p>p(x) = rate exp(-rate x) for x &gt; 0. Its mean is 1 / rate.
 */
public final class Exponential extends Univariate {
  private final double rate;

  private Exponential(double rate) {
    super(
        "Exponential(rate=" + rate + ")",
        ExponentialDistribution.of(1 / rate),
        0,
        Double.POSITIVE_INFINITY);
    this.rate = rate;
  }

  /**
   * The exponential distribution with a rate.
   *
   * @param rate the inverse of the mean
   * @return the distribution
   * @throws IllegalArgumentException if the rate or its inverse is not a positive finite number
   */
  public static Exponential of(double rate) {
    return new Exponential(Checks.rate(rate));
  }

  /** {@return the inverse of the mean} */
  public double rate() {
    return rate;
  }

  @Override
  double logDensitySlope(double x) {
    return -rate;
  }
}
