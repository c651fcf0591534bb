package io.github.sbi4j.core.distribution;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The normal distribution.
 *
 * <p>p(x) = exp(-((x - mean) / sd)<sup>2</sup> / 2) / (sd sqrt(2 pi)) for all real x.
 */
public final class Normal extends Univariate {
  private final double mean;
  private final double standardDeviation;

  private Normal(double mean, double standardDeviation) {
    super(
        "Normal(mean=" + mean + ", standardDeviation=" + standardDeviation + ")",
        NormalDistribution.of(mean, standardDeviation),
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY);
    this.mean = mean;
    this.standardDeviation = standardDeviation;
  }

  /**
   * The normal distribution with a mean and a standard deviation.
   *
   * @param mean the mean
   * @param standardDeviation the standard deviation, not the variance
   * @return the distribution
   * @throws IllegalArgumentException if the mean is not finite or the standard deviation not
   *     positive
   */
  public static Normal of(double mean, double standardDeviation) {
    return new Normal(
        Checks.finite("mean", mean), Checks.positive("standardDeviation", standardDeviation));
  }

  /** {@return the standard deviation} */
  public double standardDeviation() {
    return standardDeviation;
  }

  @Override
  double logDensitySlope(double x) {
    return (mean - x) / standardDeviation / standardDeviation;
  }
}
