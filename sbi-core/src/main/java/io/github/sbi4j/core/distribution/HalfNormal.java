package io.github.sbi4j.core.distribution;

import org.apache.commons.statistics.distribution.FoldedNormalDistribution;

/**
 * The distribution of |y| where y is normal with mean zero.
 *
 * <p>p(x) = sqrt(2 / pi) exp(-(x / scale)<sup>2</sup> / 2) / scale for x &gt; 0.
 */
public final class HalfNormal extends Univariate {
  private final double scale;

  private HalfNormal(double scale) {
    super(
        "HalfNormal(scale=" + scale + ")",
        FoldedNormalDistribution.of(0, scale),
        0,
        Double.POSITIVE_INFINITY);
    this.scale = scale;
  }

  /**
   * The half-normal distribution.
   *
   * @param scale the standard deviation of y, which is larger than that of |y|
   * @return the distribution
   * @throws IllegalArgumentException if {@code scale} is not positive
   */
  public static HalfNormal of(double scale) {
    return new HalfNormal(Checks.positive("scale", scale));
  }

  /** {@return the standard deviation of the normal value whose size this is} */
  public double scale() {
    return scale;
  }

  @Override
  double logDensitySlope(double x) {
    return -x / scale / scale;
  }
}
