package io.github.sbi4j.core.distribution;

import org.apache.commons.statistics.distribution.LogNormalDistribution;

/**
 * The distribution of exp(y) where y is normal.
 *
 * <p>p(x) = exp(-((log x - mu) / sigma)<sup>2</sup> / 2) / (x sigma sqrt(2 pi)) for x &gt; 0. Its
 * median is exp(mu), its mean exp(mu + sigma<sup>2</sup> / 2).
 */
public final class LogNormal extends Univariate {
  private final double mu;
  private final double sigma;

  private LogNormal(double mu, double sigma) {
    super(
        "LogNormal(mu=" + mu + ", sigma=" + sigma + ")",
        LogNormalDistribution.of(mu, sigma),
        0,
        Double.POSITIVE_INFINITY);
    this.mu = mu;
    this.sigma = sigma;
  }

  /**
   * The log-normal distribution whose logarithm has the given mean and standard deviation.
   *
   * @param mu the mean of log x
   * @param sigma the standard deviation of log x
   * @return the distribution
   * @throws IllegalArgumentException if {@code mu} is not finite or {@code sigma} not positive
   */
  public static LogNormal of(double mu, double sigma) {
    return new LogNormal(Checks.finite("mu", mu), Checks.positive("sigma", sigma));
  }

  /** {@return the mean of log x} */
  public double mu() {
    return mu;
  }

  /** {@return the standard deviation of log x} */
  public double sigma() {
    return sigma;
  }

  @Override
  double logDensitySlope(double x) {
    return ((mu - Math.log(x)) / sigma / sigma - 1) / x;
  }
}
