package io.github.sbi4j.core.distribution;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * The beta distribution.
 *
 * <p>p(x) = x<sup>alpha - 1</sup> (1 - x)<sup>beta - 1</sup> / B(alpha, beta) for 0 &lt; x &lt; 1.
 * Its mean is alpha / (alpha + beta).
 */
public final class Beta extends Univariate {
  private final double alpha;
  private final double beta;

  private Beta(double alpha, double beta) {
    super("Beta(alpha=" + alpha + ", beta=" + beta + ")", BetaDistribution.of(alpha, beta), 0, 1);
    this.alpha = alpha;
    this.beta = beta;
  }

  /**
   * The beta distribution.
   *
   * @param alpha the exponent of x, plus one
   * @param beta the exponent of 1 - x, plus one
   * @return the distribution
   * @throws IllegalArgumentException if {@code alpha} or {@code beta} is not positive
   */
  public static Beta of(double alpha, double beta) {
    return new Beta(Checks.positive("alpha", alpha), Checks.positive("beta", beta));
  }

  /** {@return the exponent of x, plus one} */
  public double alpha() {
    return alpha;
  }

  /** {@return the exponent of 1 - x, plus one} */
  public double beta() {
    return beta;
  }

  @Override
  double logDensitySlope(double x) {
    return (alpha - 1) / x - (beta - 1) / (1 - x);
  }
}
