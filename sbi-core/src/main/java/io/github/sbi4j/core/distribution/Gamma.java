package io.github.sbi4j.core.distribution;

import org.apache.commons.statistics.distribution.GammaDistribution;

/**
 * The gamma distribution, by shape and <em>rate</em> (the inverse of the scale).
 *
 * <p>p(x) = rate<sup>shape</sup> x<sup>shape - 1</sup> exp(-rate x) / Gamma(shape) for x &gt; 0.
 * Its mean is shape / rate, its variance shape / rate<sup>2</sup>.
 */
public final class Gamma extends Univariate {
  /** Where rate x is so small that exp(-rate x) is 1 and the density a power of x. */
  private static final double POWER_LAW = 1e-290;

  private final double shape;
  private final double rate;
  private final double logDensityAtPowerLaw;

  private Gamma(double shape, double rate) {
    super(
        "Gamma(shape=" + shape + ", rate=" + rate + ")",
        GammaDistribution.of(shape, 1 / rate),
        0,
        Double.POSITIVE_INFINITY);
    this.shape = shape;
    this.rate = rate;
    this.logDensityAtPowerLaw = super.logDensity(POWER_LAW / rate);
  }

  /**
   * The gamma distribution with a shape and a rate.
   *
   * @param shape the shape
   * @param rate the rate, 1 / scale
   * @return the distribution
   * @throws IllegalArgumentException if the shape, the rate or 1 / rate is not a positive finite
   *     number
   */
  public static Gamma of(double shape, double rate) {
    return new Gamma(Checks.positive("shape", shape), Checks.rate(rate));
  }

  /** {@return the shape} */
  public double shape() {
    return shape;
  }

  /** {@return the rate, 1 / scale} */
  public double rate() {
    return rate;
  }

  @Override
  double logDensity(double x) {
    double scaled = rate * x;
    if (scaled < POWER_LAW) {
      // rate x may underflow here, and with it the density of Commons Statistics.
      return logDensityAtPowerLaw
          + (shape - 1) * (Math.log(x) + Math.log(rate) - Math.log(POWER_LAW));
    }
    return scaled < Double.POSITIVE_INFINITY ? super.logDensity(x) : Double.NEGATIVE_INFINITY;
  }

  @Override
  double logDensitySlope(double x) {
    return (shape - 1) / x - rate;
  }
}
